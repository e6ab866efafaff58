//! Publishing the ballots after the close: the list, its hash, and the entry in the record.
//!
//! Invariant: a poll is published once; after it no ballot of the poll changes.

use domain::account::{Actor, Member};
use domain::consultation::Consultation;
use domain::poll::list::{ListedBallot, hash};
use domain::poll::policy::may_publish;
use domain::poll::{BallotList, Poll, stuffing};
use entity::{poll, poll_ballot, poll_count};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
};

pub use domain::poll::policy::PublishRefused;

use crate::poll::commands::shuffle_rows::shuffle_poll;

use crate::App;
use crate::http::Error;
use crate::poll::queries;
use crate::record::{audit, site};

/// Publishes the ballots of a poll. A second time it gives what was published.
///
/// # Errors
/// Permission and those of the database; inside, why it can't be published now.
pub async fn publish(
    app: &App,
    member: &Member,
    on: &Consultation,
    poll: &Poll,
    now: Timestamp,
) -> Result<Result<poll_count::Model, PublishRefused>, Error> {
    if let Err(refused) = may_publish(&Actor::Member(member.clone()), on, now)? {
        return Ok(Err(refused));
    }
    let tx = app.db.begin().await?;
    // Whoever casts holds the poll's row shared: from here on nobody does.
    poll::Entity::find_by_id(poll.id.0)
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    if let Some(before) = queries::published(&tx, poll.id).await? {
        return Ok(Ok(before));
    }
    shuffle_poll(&tx, poll.id).await?;
    let aside = set_aside(&tx, poll).await?;
    let list = BallotList::new(
        &app::paths::poll(&on.slug, poll.number),
        poll,
        ballots(&tx, poll).await?,
    );
    let count = list.ballots.len();
    let list = serde_json::to_string(&list).map_err(Error::unexpected)?;
    let list_hash = hash(&list);
    let detail = format!(
        "poll {}, ballots {count}, set aside {aside}, sha256 {list_hash}",
        poll.number
    );
    poll_count::Entity::insert(poll_count::ActiveModel {
        poll_id: Set(poll.id.0),
        list: Set(list),
        list_hash: Set(list_hash),
        published_at: Set(now.as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(&tx)
    .await?;
    // Where ballots came from was kept to find stuffing; it has served.
    poll_ballot::Entity::update_many()
        .col_expr(poll_ballot::Column::Source, Expr::value(None::<String>))
        .filter(poll_ballot::Column::PollId.eq(poll.id.0))
        .exec(&tx)
        .await?;
    audit::append(
        &tx,
        now,
        Some(member.person),
        "publish-ballots",
        &on.slug,
        &detail,
    )
    .await?;
    site::changed(&tx).await?;
    let published = queries::published(&tx, poll.id).await?;
    tx.commit().await?;
    published
        .map(Ok)
        .ok_or_else(|| Error::unexpected("a publication just made is not there"))
}

/// Marks the ballots that look stuffed, and says how many they are.
async fn set_aside(tx: &impl ConnectionTrait, poll: &Poll) -> Result<usize, DbErr> {
    let rows = poll_ballot::Entity::find()
        .filter(poll_ballot::Column::PollId.eq(poll.id.0))
        .filter(poll_ballot::Column::Choices.is_not_null())
        .all(tx)
        .await?;
    let seen: Vec<(Option<u64>, &str)> = rows
        .iter()
        .map(|row| {
            let source = row.source.as_deref();
            (
                source.and_then(|hex| u64::from_str_radix(hex, 16).ok()),
                row.choices.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    let places = stuffing::set_aside(poll, &seen);
    let codes: Vec<&str> = places
        .iter()
        .filter_map(|place| Some(rows.get(*place)?.code_hash.as_str()))
        .collect();
    for some in codes.chunks(500) {
        poll_ballot::Entity::update_many()
            .col_expr(poll_ballot::Column::SetAside, Expr::value(true))
            .filter(poll_ballot::Column::PollId.eq(poll.id.0))
            .filter(poll_ballot::Column::CodeHash.is_in(some.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(codes.len())
}

/// The ballots that were cast, as they are listed. Ask [`domain::poll::policy::may_see_result`]
/// before you show anything of them.
///
/// # Errors
/// Those of the database.
pub async fn ballots(db: &impl ConnectionTrait, poll: &Poll) -> Result<Vec<ListedBallot>, DbErr> {
    Ok(poll_ballot::Entity::find()
        .filter(poll_ballot::Column::PollId.eq(poll.id.0))
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(ListedBallot {
                commitment: row.commitment?,
                choices: row.choices?,
                set_aside: row.set_aside,
            })
        })
        .collect())
}

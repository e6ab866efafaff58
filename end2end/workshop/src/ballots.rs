//! Ballots of a demonstration, many in one transaction.
//!
//! Invariant: only into a poll of a consultation that is marked as invented.

use domain::code::Code;
use domain::consultation::Consultation;
use domain::poll::list::commitment;
use domain::poll::{Choices, Electorate, Poll};
use entity::{poll_ballot, poll_elector};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use server::App;
use server::db::Tx;
use server::error::Denied;
use server::secret;

/// A ballot that nobody cast.
#[derive(Clone, Debug)]
pub struct InventedBallot {
    /// Its marks.
    pub choices: Choices,
    /// As if from paper.
    pub paper: bool,
    /// As if one person had sent many.
    pub set_aside: bool,
}

/// Rows written in one statement.
const AT_ONCE: usize = 200;

/// Adds them.
///
/// # Errors
/// [`Denied::NotFound`] where the consultation is not invented.
pub async fn add_invented(
    app: &App,
    on: &Consultation,
    poll: &Poll,
    ballots: &[InventedBallot],
    now: Timestamp,
) -> Result<(), Denied> {
    if !on.invented {
        return Err(Denied::NotFound);
    }
    let address = app::paths::poll(&on.slug, poll.number);
    let rows: Vec<poll_ballot::ActiveModel> = ballots
        .iter()
        .enumerate()
        .map(|(number, ballot)| {
            let seed = format!("{}/{}/{number}", on.slug, poll.number);
            let code = Code::of_digest(&app.config.secret.mac("invented", seed.as_bytes()));
            poll_ballot::ActiveModel {
                poll_id: Set(poll.id.0),
                code_hash: Set(secret::hash(format!("invented/{address}/{code}"))),
                choices: Set(Some(ballot.choices.text())),
                commitment: Set(Some(commitment(&address, &code, &ballot.choices))),
                paper: Set(ballot.paper),
                set_aside: Set(ballot.set_aside),
                source: Set(None),
            }
        })
        .collect();
    let tx = app.db.begin().await?;
    for chunk in rows.chunks(AT_ONCE) {
        poll_ballot::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(&tx)
            .await?;
    }
    if poll.electorate == Electorate::Register {
        issued(&tx, poll, ballots.len(), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Marks so many of the register as given a paper.
async fn issued(tx: &Tx, poll: &Poll, number: usize, now: Timestamp) -> Result<(), Denied> {
    let today = domain::calendar::uk_day(now).to_string();
    let ids: Vec<i64> = poll_elector::Entity::find()
        .select_only()
        .column(poll_elector::Column::Id)
        .filter(poll_elector::Column::PollId.eq(poll.id.0))
        .order_by_asc(poll_elector::Column::KeyHash)
        .limit(number as u64)
        .into_tuple()
        .all(tx)
        .await?;
    for chunk in ids.chunks(AT_ONCE) {
        poll_elector::Entity::update_many()
            .col_expr(poll_elector::Column::IssuedOn, Expr::value(today.clone()))
            .filter(poll_elector::Column::Id.is_in(chunk.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

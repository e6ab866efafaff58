//! A ballot that came on paper, keyed by an officer.
//!
//! Invariant: the same form sent twice is one ballot; a letter's code is used once, online or on
//! paper; the ballot keeps nothing of the letter.

use domain::account::{Actor, Member};
use domain::code::Code;
use domain::consultation::Consultation;
use domain::poll::list::commitment;
use domain::poll::policy::may_key_paper;
use domain::poll::{Choices, Electorate, Poll};
use entity::{poll, poll_ballot, poll_elector};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};

use crate::App;
use crate::http::Error;
use crate::poll::code::letter_hash;
use crate::poll::queries;
use crate::record::audit;
use crate::secret;

/// Why a ballot on paper is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperRefused {
    /// No letter of this poll has this code.
    CodeUnknown,
    /// A ballot paper was issued for it already.
    CodeUsed,
    /// The list has been published.
    Published,
}

/// Counts a ballot from paper. `key` is that of the form, `code` that of the letter where there is
/// a register.
///
/// # Errors
/// Permission and those of the database; inside, why it is not counted.
pub async fn key_paper(
    app: &App,
    member: &Member,
    on: &Consultation,
    poll: &Poll,
    (key, code): (&str, &str),
    choices: &Choices,
    now: Timestamp,
) -> Result<Result<(), PaperRefused>, Error> {
    may_key_paper(&Actor::Member(member.clone()), on, now)?;
    let tx = app.db.begin().await?;
    poll::Entity::find_by_id(poll.id.0)
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    if queries::published(&tx, poll.id).await?.is_some() {
        return Ok(Err(PaperRefused::Published));
    }
    // The code that nobody holds: of the form's key, so that a second click finds the first.
    let mac = app
        .config
        .secret
        .mac("paper-ballot", format!("{}/{key}", poll.id).as_bytes());
    let own = Code::of_digest(&mac);
    let code_hash = secret::hash(&format!("paper/{}/{own}", poll.id));
    let there = poll_ballot::Entity::find_by_id((poll.id.0, code_hash.clone()))
        .count(&tx)
        .await?;
    if there > 0 {
        return Ok(Ok(()));
    }
    if poll.electorate == Electorate::Register
        && let Err(refused) = use_letter(&tx, poll, code, now).await?
    {
        return Ok(Err(refused));
    }
    poll_ballot::Entity::insert(poll_ballot::ActiveModel {
        poll_id: Set(poll.id.0),
        code_hash: Set(code_hash),
        choices: Set(Some(choices.text())),
        commitment: Set(Some(commitment(
            &app::paths::poll(&on.slug, poll.number),
            &own,
            choices,
        ))),
        paper: Set(true),
        set_aside: Set(false),
        source: Set(None),
    })
    .on_conflict(
        OnConflict::columns([poll_ballot::Column::PollId, poll_ballot::Column::CodeHash])
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(&tx)
    .await?;
    // That one was keyed, and by whom; never what it said or for which letter.
    let detail = format!("poll {}", poll.number);
    audit::append(
        &tx,
        now,
        Some(member.person),
        "key-paper-ballot",
        &on.slug,
        &detail,
    )
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Marks the letter of this code as used.
async fn use_letter(
    tx: &crate::db::Tx,
    poll: &Poll,
    code: &str,
    now: Timestamp,
) -> Result<Result<(), PaperRefused>, Error> {
    let elector = poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll.id.0))
        .filter(poll_elector::Column::TokenHash.eq(letter_hash(poll.id, code)))
        .one(tx)
        .await?;
    let Some(elector) = elector else {
        return Ok(Err(PaperRefused::CodeUnknown));
    };
    if elector.issued_on.is_some() {
        return Ok(Err(PaperRefused::CodeUsed));
    }
    let today = now.to_string().get(..10).unwrap_or_default().to_owned();
    poll_elector::Entity::update_many()
        .col_expr(poll_elector::Column::IssuedOn, Expr::value(today))
        .filter(poll_elector::Column::Id.eq(elector.id))
        .exec(tx)
        .await?;
    Ok(Ok(()))
}

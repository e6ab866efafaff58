//! A poll as those who vote in it meet it inside the group commit, and what they write: papers that
//! are issued and ballots that are cast.
//!
//! Invariant: the poll's row is locked shared, so nobody shuffles or publishes its ballots meanwhile;
//! the row of an elector and the row of a paper are joined by nothing.

use domain::consultation::Consultation;
use domain::poll::policy::{CastRefused, may_vote_in};
use domain::poll::{Choices, Poll, PollAddress};
use entity::{poll, poll_ballot, poll_elector};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::{counts, polls};
use crate::db::Savepoint;
use crate::error::Fault;
use crate::granted::{Admitted, RootInWrite};
use crate::secret;

/// A poll with all that decides whether somebody may vote in it.
#[derive(Clone, Debug)]
pub struct PollOnVote {
    /// Its consultation.
    pub on: Consultation,
    /// The poll.
    pub poll: Poll,
    /// Whether its ballots are published.
    pub published: bool,
}

impl PollOnVote {
    /// Whether a paper may be given out, or a ballot cast, now.
    ///
    /// # Errors
    /// Why not.
    pub fn may_vote(&self, now: Timestamp) -> Result<(), CastRefused> {
        may_vote_in(&self.on, &self.poll, self.published, now)
    }
}

/// Holds a poll until the write is done. Its consultation is read in the same write, before the
/// poll: `on` is what the caller has read of it there.
///
/// # Errors
/// A poll that can't be read is a fault.
pub async fn hold<'tx>(
    tx: &'tx Savepoint,
    on: Consultation,
    at: &PollAddress,
) -> Result<Option<RootInWrite<'tx, PollOnVote>>, Fault> {
    poll::Entity::find()
        .select_only()
        .column(poll::Column::Id)
        .filter(poll::Column::ConsultationId.eq(on.id.0))
        .filter(poll::Column::Number.eq(at.number))
        .lock_shared()
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    let Some(poll) = polls::find(tx, on.id, at.number).await? else {
        return Ok(None);
    };
    let published = counts::is_published(tx, poll.id).await?;
    Ok(Some(RootInWrite::new(
        tx,
        PollOnVote {
            on,
            poll,
            published,
        },
    )))
}

/// A ballot as it is cast.
#[derive(Clone, Debug)]
pub struct NewBallot<'a> {
    /// What is stored of the voter's code.
    pub code_hash: String,
    /// What it says.
    pub choices: &'a Choices,
    /// Its place in the published list.
    pub commitment: String,
}

/// Casts a ballot that needs no paper, or replaces the one that was cast with the same code.
pub async fn cast(admitted: &Admitted<'_, PollOnVote>, ballot: NewBallot<'_>) -> Result<(), DbErr> {
    poll_ballot::Entity::insert(poll_ballot::ActiveModel {
        poll_id: Set(admitted.root().poll.id.0),
        code_hash: Set(ballot.code_hash),
        choices: Set(Some(ballot.choices.text())),
        commitment: Set(Some(ballot.commitment)),
        paper: Set(false),
        set_aside: Set(false),
        source: Set(None),
    })
    .on_conflict(
        OnConflict::columns([poll_ballot::Column::PollId, poll_ballot::Column::CodeHash])
            .update_columns([
                poll_ballot::Column::Choices,
                poll_ballot::Column::Commitment,
            ])
            .to_owned(),
    )
    .exec_without_returning(admitted.tx())
    .await
    .map(drop)
}

/// Marks the paper that was issued for a code; says whether there is one.
pub async fn mark(
    admitted: &Admitted<'_, PollOnVote>,
    ballot: NewBallot<'_>,
) -> Result<bool, DbErr> {
    let done = poll_ballot::Entity::update_many()
        .col_expr(
            poll_ballot::Column::Choices,
            Expr::value(ballot.choices.text()),
        )
        .col_expr(
            poll_ballot::Column::Commitment,
            Expr::value(ballot.commitment),
        )
        .filter(poll_ballot::Column::PollId.eq(admitted.root().poll.id.0))
        .filter(poll_ballot::Column::CodeHash.eq(ballot.code_hash))
        .exec(admitted.tx())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Somebody who may have a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elector {
    id: i64,
    /// Whether they have had it.
    pub issued: bool,
}

/// The elector of a letter's code or of a link, whose row nobody else changes until the write is
/// done.
pub async fn elector(
    admitted: &Admitted<'_, PollOnVote>,
    token_hash: &str,
) -> Result<Option<Elector>, DbErr> {
    Ok(poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(admitted.root().poll.id.0))
        .filter(poll_elector::Column::TokenHash.eq(token_hash))
        .lock_exclusive()
        .one(admitted.tx())
        .await?
        .map(|row| Elector {
            id: row.id,
            issued: row.issued_on.is_some(),
        }))
}

/// Issues a paper: of the elector the day is kept, of the paper the hash of its code.
pub async fn issue(
    admitted: &Admitted<'_, PollOnVote>,
    elector: Elector,
    day: Date,
    code_hash: String,
) -> Result<(), DbErr> {
    let tx = admitted.tx();
    poll_elector::Entity::update_many()
        .col_expr(poll_elector::Column::IssuedOn, Expr::value(day.to_string()))
        .filter(poll_elector::Column::Id.eq(elector.id))
        .exec(tx)
        .await?;
    poll_ballot::Entity::insert(poll_ballot::ActiveModel {
        poll_id: Set(admitted.root().poll.id.0),
        code_hash: Set(code_hash),
        choices: Set(None),
        commitment: Set(None),
        paper: Set(false),
        set_aside: Set(false),
        source: Set(None),
    })
    .exec_without_returning(tx)
    .await
    .map(drop)
}

/// Keeps an address, as its keyed hash, with the hash of the link that is sent to it; says whether it
/// has had a paper, in which case no link gives another.
pub async fn keep_address(
    admitted: &Admitted<'_, PollOnVote>,
    key_hash: &str,
    token_hash: String,
) -> Result<bool, DbErr> {
    let (tx, poll) = (admitted.tx(), admitted.root().poll.id.0);
    let id = secret::random_id().map_err(|error| DbErr::Custom(error.to_string()))?;
    poll_elector::Entity::insert(poll_elector::ActiveModel {
        // No number that counts up: it would say who asked after whom.
        id: Set(id),
        poll_id: Set(poll),
        name: Set(None),
        address: Set(None),
        key_hash: Set(key_hash.to_owned()),
        token_hash: Set(None),
        issued_on: Set(None),
    })
    .on_conflict(
        OnConflict::columns([poll_elector::Column::PollId, poll_elector::Column::KeyHash])
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(tx)
    .await?;
    let of_address = poll_elector::Column::KeyHash.eq(key_hash);
    poll_elector::Entity::update_many()
        .col_expr(poll_elector::Column::TokenHash, Expr::value(token_hash))
        .filter(poll_elector::Column::PollId.eq(poll))
        .filter(of_address.clone())
        .filter(poll_elector::Column::IssuedOn.is_null())
        .exec(tx)
        .await?;
    let issued = poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll))
        .filter(of_address)
        .filter(poll_elector::Column::IssuedOn.is_not_null())
        .count(tx)
        .await?;
    Ok(issued > 0)
}

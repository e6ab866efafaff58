//! Statements that residents write, and which statements are open to votes.
//!
//! Invariant: of a statement the day is kept, no finer, and a random id; who wrote it is in a table
//! of its own for as long as it waits, so that nobody has too many that wait, and then nowhere.

use std::collections::HashSet;

use domain::calendar::day_number;
use domain::consultation::Consultation;
use domain::ids::{ConsultationId, StatementId};
use entity::{statement, statement_author};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use super::voters::random_id;
use crate::granted::{Admitted, Granted};

/// The state of a statement that is open to votes.
pub(in crate::vote) const APPROVED: &str = "approved";
/// The state of a statement that waits for a moderator.
pub(super) const HELD: &str = "held";

/// Those of these statements that are open to votes, each with its consultation.
pub async fn open_to_votes(
    db: &impl ConnectionTrait,
    ids: &[StatementId],
) -> Result<HashSet<(StatementId, ConsultationId)>, DbErr> {
    Ok(statement::Entity::find()
        .select_only()
        .columns([statement::Column::Id, statement::Column::ConsultationId])
        .filter(statement::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(statement::Column::State.eq(APPROVED))
        .into_tuple::<(i64, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, on)| (StatementId(id), ConsultationId(on)))
        .collect())
}

/// How many statements of this voter wait for a moderator.
pub async fn waiting(db: &impl ConnectionTrait, voter: i64) -> Result<u64, DbErr> {
    statement_author::Entity::find()
        .filter(statement_author::Column::VoterId.eq(voter))
        .count(db)
        .await
}

/// What is stored of when a statement was made: the first moment, UTC, of its day here.
pub(super) fn day_of(now: Timestamp) -> i64 {
    i64::from(day_number(now)) * 86_400_000
}

/// Whether the form with this key has made a statement.
pub async fn was_made(db: &impl ConnectionTrait, key_hash: &str) -> Result<bool, DbErr> {
    let made = statement::Entity::find()
        .filter(statement::Column::IdempotencyKey.eq(key_hash))
        .count(db)
        .await?;
    Ok(made > 0)
}

/// A statement of a voter.
#[derive(Clone, Debug)]
pub struct OwnStatement<'a> {
    /// Whose.
    pub voter: i64,
    /// Its words, as they were checked.
    pub text: String,
    /// What is stored of the key of its form.
    pub key_hash: &'a str,
}

/// Adds a statement that waits for a moderator.
pub async fn insert_own(
    admitted: &Admitted<'_, Consultation>,
    own: OwnStatement<'_>,
) -> Result<(), DbErr> {
    let id = random_id()?;
    statement::Entity::insert(statement::ActiveModel {
        id: Set(id),
        consultation_id: Set(admitted.root().id.0),
        text: Set(own.text),
        source: Set("resident".to_owned()),
        state: Set(HELD.to_owned()),
        reason_code: Set(None),
        voter_id: Set(None),
        idempotency_key: Set(Some(own.key_hash.to_owned())),
        import_ref: Set(None),
        agrees: Set(0),
        disagrees: Set(0),
        passes: Set(0),
        created_at: Set(day_of(admitted.now())),
        is_meta: Set(false),
    })
    .exec_without_returning(admitted.tx())
    .await?;
    statement_author::Entity::insert(statement_author::ActiveModel {
        statement_id: Set(id),
        voter_id: Set(own.voter),
    })
    .exec_without_returning(admitted.tx())
    .await
    .map(drop)
}

/// Forgets who wrote a statement.
pub(super) async fn forget_author<Root>(
    granted: &Granted<'_, Root>,
    id: StatementId,
) -> Result<(), DbErr> {
    statement_author::Entity::delete_by_id(id.0)
        .exec(granted.tx())
        .await
        .map(drop)
}

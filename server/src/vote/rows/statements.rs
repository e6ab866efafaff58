//! Statements that residents write, and which statements are open to votes.

use std::collections::HashSet;

use domain::consultation::Consultation;
use domain::ids::{ConsultationId, StatementId};
use entity::statement;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use crate::granted::Admitted;

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
    statement::Entity::find()
        .filter(statement::Column::VoterId.eq(voter))
        .filter(statement::Column::State.eq(HELD))
        .count(db)
        .await
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
    statement::Entity::insert(statement::ActiveModel {
        consultation_id: Set(admitted.root().id.0),
        text: Set(own.text),
        source: Set("resident".to_owned()),
        state: Set(HELD.to_owned()),
        voter_id: Set(Some(own.voter)),
        idempotency_key: Set(Some(own.key_hash.to_owned())),
        agrees: Set(0),
        disagrees: Set(0),
        passes: Set(0),
        created_at: Set(admitted.now().as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(admitted.tx())
    .await
    .map(drop)
}

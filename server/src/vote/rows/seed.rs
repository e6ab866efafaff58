//! The statements that the owner of a consultation puts to a vote from the start.
//!
//! Not here: statements of residents and votes.

use domain::consultation::Consultation;
use domain::consultation::read::StatementLine;
use domain::ids::{ConsultationId, StatementId};
use entity::statement;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder,
};

use super::statements::day_of;
use crate::granted::Granted;

const SEED: &str = "seed";
const APPROVED: &str = "approved";

/// The owner's statements in their order.
pub async fn statements(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<StatementLine>, DbErr> {
    Ok(statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::Source.eq(SEED))
        .filter(statement::Column::State.eq(APPROVED))
        .order_by_asc(statement::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| StatementLine {
            id: StatementId(row.id),
            text: row.text,
        })
        .collect())
}

/// How many statements there are to vote on, residents' own included.
pub async fn to_vote_on(db: &impl ConnectionTrait, id: ConsultationId) -> Result<u64, DbErr> {
    statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq(APPROVED))
        .count(db)
        .await
}

/// Stores a statement of the owner; nothing where the draft says the same already.
pub async fn insert(
    draft: &Granted<'_, Consultation>,
    text: String,
) -> Result<Option<StatementId>, DbErr> {
    let there = statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(draft.root().id.0))
        .filter(statement::Column::Text.eq(&text))
        .count(draft.tx())
        .await?;
    if there > 0 {
        return Ok(None);
    }
    let row = statement::ActiveModel {
        consultation_id: Set(draft.root().id.0),
        text: Set(text),
        source: Set(SEED.to_owned()),
        state: Set(APPROVED.to_owned()),
        agrees: Set(0),
        disagrees: Set(0),
        passes: Set(0),
        created_at: Set(day_of(draft.now())),
        ..Default::default()
    };
    Ok(Some(StatementId(row.insert(draft.tx()).await?.id)))
}

/// Takes a statement of the owner away; whether it was there.
pub async fn delete(draft: &Granted<'_, Consultation>, which: StatementId) -> Result<bool, DbErr> {
    Ok(statement::Entity::delete_many()
        .filter(statement::Column::ConsultationId.eq(draft.root().id.0))
        .filter(statement::Column::Source.eq(SEED))
        .filter(statement::Column::Id.eq(which.0))
        .exec(draft.tx())
        .await?
        .rows_affected
        > 0)
}

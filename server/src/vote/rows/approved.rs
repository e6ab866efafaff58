//! Whether there is anything to vote on.

use domain::ids::ConsultationId;
use domain::moderation::State;
use entity::statement::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

/// Whether a consultation has a statement that everybody may vote on.
pub async fn any(db: &impl ConnectionTrait, on: ConsultationId) -> Result<bool, DbErr> {
    let approved = Entity::find()
        .filter(Column::ConsultationId.eq(on.0))
        .filter(Column::State.eq(State::Approved.code()))
        .count(db)
        .await?;
    Ok(approved > 0)
}

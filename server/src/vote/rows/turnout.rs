//! How many people voted on statements, for lists of consultations.

use std::collections::HashMap;

use domain::ids::ConsultationId;
use entity::voter;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::db::count;

/// How many people voted in each of these.
pub async fn voters(
    db: &impl ConnectionTrait,
    of: &[ConsultationId],
) -> Result<HashMap<ConsultationId, u64>, DbErr> {
    voter::Entity::find()
        .select_only()
        .column(voter::Column::ConsultationId)
        .column_as(voter::Column::Id.count(), "count")
        .filter(voter::Column::ConsultationId.is_in(of.iter().map(|id| id.0)))
        .group_by(voter::Column::ConsultationId)
        .into_tuple::<(i64, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, number)| Ok((ConsultationId(id), count(number, "voters")?)))
        .collect()
}

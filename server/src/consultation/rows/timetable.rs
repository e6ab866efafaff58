//! When the clock alone changes what is public.

use entity::consultation;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

/// The next moment, in milliseconds, at which a public consultation opens or closes.
pub async fn next_change(db: &impl ConnectionTrait, now: Timestamp) -> Result<Option<i64>, DbErr> {
    let mut next: Option<i64> = None;
    for column in [
        consultation::Column::OpensAt,
        consultation::Column::ClosesAt,
    ] {
        let soonest: Option<Option<i64>> = consultation::Entity::find()
            .select_only()
            .column_as(column.min(), "soonest")
            .filter(consultation::Column::PublishedAt.is_not_null())
            .filter(column.gt(now.as_millisecond()))
            .into_tuple()
            .one(db)
            .await?;
        if let Some(soonest) = soonest.flatten() {
            next = Some(next.map_or(soonest, |before| before.min(soonest)));
        }
    }
    Ok(next)
}

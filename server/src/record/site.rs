//! The version of everything public: one row, bumped in the transaction of each change.

use entity::site_state;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

use crate::granted::Permitted;

/// Says that something public has changed, in the transaction that changes it.
pub async fn changed(permitted: &impl Permitted) -> Result<(), DbErr> {
    let next = Expr::col((site_state::Entity, site_state::Column::PublicVersion)).add(1_i64);
    site_state::Entity::insert(site_state::ActiveModel {
        id: Set(1),
        public_version: Set(1),
        is_demonstration: Set(false),
    })
    .on_conflict(
        OnConflict::column(site_state::Column::Id)
            .value(site_state::Column::PublicVersion, next)
            .to_owned(),
    )
    .exec_without_returning(permitted.connection())
    .await
    .map(drop)
}

/// The site's state: its public version and whether it is a demonstration.
pub async fn state(db: &impl ConnectionTrait) -> Result<(i64, bool), DbErr> {
    Ok(site_state::Entity::find_by_id(1)
        .one(db)
        .await?
        .map(|row| (row.public_version, row.is_demonstration))
        .unwrap_or((0, false)))
}

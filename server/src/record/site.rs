//! The version of everything public: one row, bumped in the transaction of each change.

use entity::site_state;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// Says that something public has changed. Call it inside the transaction that changes it.
pub async fn changed(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    let done = site_state::Entity::update_many()
        .col_expr(
            site_state::Column::PublicVersion,
            Expr::col(site_state::Column::PublicVersion).add(1_i64),
        )
        .filter(site_state::Column::Id.eq(1))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        site_state::Entity::insert(site_state::ActiveModel {
            id: Set(1),
            public_version: Set(1),
            is_demonstration: Set(false),
        })
        .exec_without_returning(tx)
        .await?;
    }
    Ok(())
}

/// The site's state: its public version and whether it is a demonstration.
pub async fn state(db: &impl ConnectionTrait) -> Result<(i64, bool), DbErr> {
    Ok(site_state::Entity::find_by_id(1)
        .one(db)
        .await?
        .map(|row| (row.public_version, row.is_demonstration))
        .unwrap_or((0, false)))
}

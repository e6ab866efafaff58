//! The database brought to what this version needs.

use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

use super::{Db, traces};

/// Brings the database to the newest schema, and installs the regimes that are missing.
///
/// # Errors
/// Those of the step that fails.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    migration::Migrator::up(db.writing(), None).await?;
    traces::remove_freed(db).await?;
    crate::consultation::rows::regimes::ensure(db.writing()).await
}

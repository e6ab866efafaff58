//! Statements about the voter rather than an opinion, as conversations that were held elsewhere have
//! them: they are never used to form groups. Only added to; a server of the version before leaves the
//! default.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let is_meta = ColumnDef::new("is_meta")
            .boolean()
            .not_null()
            .default(false)
            .to_owned();
        m.alter_table(
            Table::alter()
                .table("statement")
                .add_column(is_meta)
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("statement")
                .drop_column("is_meta")
                .to_owned(),
        )
        .await
    }
}

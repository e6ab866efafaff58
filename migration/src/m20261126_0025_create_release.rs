//! What everybody may see of counts of people, release by release. Only added to; a server of the version
//! before does not look at it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("release")
            .col(ColumnDef::new("subject").text().not_null())
            .col(ColumnDef::new("number").integer().not_null())
            .col(ColumnDef::new("released_on").text().not_null())
            .col(ColumnDef::new("people").big_integer().not_null())
            .col(ColumnDef::new("aside").big_integer().not_null())
            .col(ColumnDef::new("complete").boolean().not_null())
            .col(ColumnDef::new("version").big_integer().not_null())
            .col(ColumnDef::new("shown").big_integer())
            .col(ColumnDef::new("cells").text().not_null())
            .primary_key(Index::create().col("subject").col("number"))
            .to_owned();
        m.create_table(table).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::drop().table("release").to_owned();
        m.drop_table(table).await
    }
}

//! Signed heads of the record of what staff did. Only added to; a server of the version before does
//! not look at it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("record_head")
                .col(
                    ColumnDef::new("entries")
                        .big_integer()
                        .not_null()
                        .primary_key(),
                )
                .col(ColumnDef::new("last_entry").big_integer().not_null())
                .col(ColumnDef::new("hash").text().not_null())
                .col(ColumnDef::new("signed_at").big_integer().not_null())
                .col(ColumnDef::new("public_key").text().not_null())
                .col(ColumnDef::new("signature").text().not_null())
                .col(ColumnDef::new("mailed_on").text().null())
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("record_head").to_owned())
            .await
    }
}

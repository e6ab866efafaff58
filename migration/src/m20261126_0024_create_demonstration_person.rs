//! Whom the sign-in page of a demonstration shows, so that no password is in the program. Only added
//! to; a server of the version before does not look at it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("demonstration_person")
                .col(ColumnDef::new("id").big_integer().not_null().primary_key())
                .col(ColumnDef::new("name").text().not_null())
                .col(ColumnDef::new("role").text().not_null())
                .col(ColumnDef::new("email").text().not_null())
                .col(ColumnDef::new("password").text().not_null())
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("demonstration_person").to_owned())
            .await
    }
}

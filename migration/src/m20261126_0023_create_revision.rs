//! Which version a thing has, and which form has made which thing: for two people at the same time,
//! and for two clicks. Both are only added to; a server of the version before does not look at them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("revision")
                .col(ColumnDef::new("subject").text().not_null().primary_key())
                .col(ColumnDef::new("version").big_integer().not_null())
                .col(ColumnDef::new("content_hash").text().not_null())
                .col(ColumnDef::new("person_id").big_integer().null())
                .col(ColumnDef::new("at").big_integer().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_revision_person_id")
                        .from("revision", "person_id")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("creation")
                .col(ColumnDef::new("key_hash").text().not_null().primary_key())
                .col(ColumnDef::new("made").text().not_null())
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("creation").to_owned())
            .await?;
        m.drop_table(Table::drop().table("revision").to_owned())
            .await
    }
}

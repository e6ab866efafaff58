//! The append-only record and the outbox.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("audit_entry")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("at").big_integer().not_null())
                .col(ColumnDef::new("person_id").big_integer().null())
                .col(ColumnDef::new("act").text().not_null())
                .col(ColumnDef::new("subject").text().not_null())
                .col(ColumnDef::new("detail").text().not_null())
                .col(ColumnDef::new("previous_hash").text().not_null())
                .col(ColumnDef::new("hash").text().not_null().unique_key())
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("outbox")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("kind").text().not_null())
                .col(ColumnDef::new("payload").text().not_null())
                .col(ColumnDef::new("created_at").big_integer().not_null())
                .col(ColumnDef::new("run_after").big_integer().not_null())
                .col(ColumnDef::new("attempts").integer().not_null())
                .col(ColumnDef::new("lease_until").big_integer().null())
                .col(ColumnDef::new("done_at").big_integer().null())
                .col(ColumnDef::new("last_error").text().null())
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_outbox_done_at_run_after")
                .table("outbox")
                .col("done_at")
                .col("run_after")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("site_state")
                .col(ColumnDef::new("id").big_integer().not_null().primary_key())
                .col(ColumnDef::new("public_version").big_integer().not_null())
                .col(ColumnDef::new("is_demonstration").boolean().not_null())
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("site_state").to_owned())
            .await?;
        m.drop_table(Table::drop().table("outbox").to_owned())
            .await?;
        m.drop_table(Table::drop().table("audit_entry").to_owned())
            .await?;
        Ok(())
    }
}

//! Answers, decisions and promises.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("theme")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("position").integer().not_null())
                .col(ColumnDef::new("title").text().not_null())
                .col(ColumnDef::new("we_asked").text().not_null())
                .col(ColumnDef::new("you_said").text().not_null())
                .col(ColumnDef::new("outcome").text().not_null())
                .col(ColumnDef::new("we_did").text().not_null())
                .col(ColumnDef::new("because").text().not_null())
                .col(ColumnDef::new("promise").text().null())
                .col(ColumnDef::new("promise_due_on").text().null())
                .col(ColumnDef::new("promise_kept_at").big_integer().null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_theme_consultation_id")
                        .from("theme", "consultation_id")
                        .to("consultation", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_theme_consultation_id")
                .table("theme")
                .col("consultation_id")
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("theme").to_owned())
            .await?;
        Ok(())
    }
}

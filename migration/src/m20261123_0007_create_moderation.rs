//! Decisions on what may be shown.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("moderation_act")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("subject_kind").text().not_null())
                .col(ColumnDef::new("subject_id").big_integer().not_null())
                .col(ColumnDef::new("act").text().not_null())
                .col(ColumnDef::new("reason_code").text().null())
                .col(ColumnDef::new("note").text().not_null())
                .col(ColumnDef::new("person_id").big_integer().not_null())
                .col(ColumnDef::new("at").big_integer().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_moderation_act_person_id")
                        .from("moderation_act", "person_id")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_moderation_act_subject_kind_subject_id")
                .table("moderation_act")
                .col("subject_kind")
                .col("subject_id")
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("moderation_act").to_owned())
            .await?;
        Ok(())
    }
}

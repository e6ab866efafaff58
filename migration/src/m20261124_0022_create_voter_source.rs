//! Where votes come from, as a scrambled mark for a fortnight, and voters who are set aside.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("voter_source")
                .col(
                    ColumnDef::new("voter_id")
                        .big_integer()
                        .not_null()
                        .primary_key(),
                )
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("day").integer().not_null())
                .col(ColumnDef::new("source").integer().not_null())
                .col(ColumnDef::new("read").boolean().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_voter_source_voter_id")
                        .from("voter_source", "voter_id")
                        .to("voter", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_voter_source_consultation_id")
                .table("voter_source")
                .col("consultation_id")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("voter_flag")
                .col(
                    ColumnDef::new("voter_id")
                        .big_integer()
                        .not_null()
                        .primary_key(),
                )
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("reason").text().not_null())
                .col(ColumnDef::new("aside").boolean().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_voter_flag_voter_id")
                        .from("voter_flag", "voter_id")
                        .to("voter", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_voter_flag_consultation_id")
                .table("voter_flag")
                .col("consultation_id")
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("voter_flag").to_owned())
            .await?;
        m.drop_table(Table::drop().table("voter_source").to_owned())
            .await
    }
}

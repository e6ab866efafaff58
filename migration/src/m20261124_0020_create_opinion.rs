//! What is recorded of opinion groups in a consultation: how far its votes have come, and the seed
//! and the rule by which the next statement is chosen.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("opinion")
                .col(
                    ColumnDef::new("consultation_id")
                        .big_integer()
                        .not_null()
                        .primary_key(),
                )
                .col(ColumnDef::new("version").big_integer().not_null())
                .col(ColumnDef::new("routing_seed").big_integer().not_null())
                .col(ColumnDef::new("routing_rule").text().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_opinion_consultation_id")
                        .from("opinion", "consultation_id")
                        .to("consultation", "id"),
                )
                .to_owned(),
        )
        .await?;
        // Votes that are there already have no recorded seed: 0, and no rule.
        m.get_connection()
            .execute_unprepared(
                "INSERT INTO opinion (consultation_id, version, routing_seed, routing_rule) \
                 SELECT DISTINCT consultation_id, 1, 0, '' FROM voter",
            )
            .await
            .map(drop)
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("opinion").to_owned())
            .await
    }
}

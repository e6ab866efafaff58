//! Statements and votes on them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("statement")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("text").text().not_null())
                .col(ColumnDef::new("source").text().not_null())
                .col(ColumnDef::new("state").text().not_null())
                .col(ColumnDef::new("reason_code").text().null())
                .col(ColumnDef::new("voter_id").big_integer().null())
                .col(ColumnDef::new("idempotency_key").text().null().unique_key())
                .col(ColumnDef::new("import_ref").big_integer().null())
                .col(ColumnDef::new("agrees").big_integer().not_null())
                .col(ColumnDef::new("disagrees").big_integer().not_null())
                .col(ColumnDef::new("passes").big_integer().not_null())
                .col(ColumnDef::new("created_at").big_integer().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_statement_consultation_id")
                        .from("statement", "consultation_id")
                        .to("consultation", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_statement_consultation_id_state")
                .table("statement")
                .col("consultation_id")
                .col("state")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("voter")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("token_hash").text().not_null())
                .col(ColumnDef::new("joined_on").text().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_voter_consultation_id")
                        .from("voter", "consultation_id")
                        .to("consultation", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("uq_voter_consultation_id_token_hash")
                .table("voter")
                .col("consultation_id")
                .col("token_hash")
                .unique()
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("statement_vote")
                .col(ColumnDef::new("voter_id").big_integer().not_null())
                .col(ColumnDef::new("statement_id").big_integer().not_null())
                .col(ColumnDef::new("value").integer().not_null())
                .primary_key(Index::create().col("voter_id").col("statement_id"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_statement_vote_voter_id")
                        .from("statement_vote", "voter_id")
                        .to("voter", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_statement_vote_statement_id")
                        .from("statement_vote", "statement_id")
                        .to("statement", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_statement_vote_statement_id")
                .table("statement_vote")
                .col("statement_id")
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("statement_vote").to_owned())
            .await?;
        m.drop_table(Table::drop().table("voter").to_owned())
            .await?;
        m.drop_table(Table::drop().table("statement").to_owned())
            .await?;
        Ok(())
    }
}

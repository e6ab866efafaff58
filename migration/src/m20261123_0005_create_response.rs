//! What people answered.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("response")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(
                    ColumnDef::new("idempotency_key")
                        .text()
                        .not_null()
                        .unique_key(),
                )
                .col(
                    ColumnDef::new("receipt_hash")
                        .text()
                        .not_null()
                        .unique_key(),
                )
                .col(ColumnDef::new("channel").text().not_null())
                .col(ColumnDef::new("area_id").big_integer().null())
                .col(ColumnDef::new("publication").text().not_null())
                .col(ColumnDef::new("submitted_at").big_integer().not_null())
                .col(ColumnDef::new("invented").boolean().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_response_consultation_id")
                        .from("response", "consultation_id")
                        .to("consultation", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_response_area_id")
                        .from("response", "area_id")
                        .to("area", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_response_consultation_id_submitted_at")
                .table("response")
                .col("consultation_id")
                .col("submitted_at")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("respondent")
                .col(
                    ColumnDef::new("response_id")
                        .big_integer()
                        .not_null()
                        .primary_key(),
                )
                .col(ColumnDef::new("name").text().null())
                .col(ColumnDef::new("organisation").text().null())
                .col(ColumnDef::new("email").text().null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_respondent_response_id")
                        .from("respondent", "response_id")
                        .to("response", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("answer")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("response_id").big_integer().not_null())
                .col(ColumnDef::new("question_id").big_integer().not_null())
                .col(ColumnDef::new("choice").integer().null())
                .col(ColumnDef::new("number").big_integer().null())
                .col(ColumnDef::new("text").text().null())
                .col(ColumnDef::new("text_state").text().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_answer_response_id")
                        .from("answer", "response_id")
                        .to("response", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_answer_question_id")
                        .from("answer", "question_id")
                        .to("question", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_answer_response_id")
                .table("answer")
                .col("response_id")
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_answer_question_id_text_state")
                .table("answer")
                .col("question_id")
                .col("text_state")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("tally")
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("question_id").big_integer().not_null())
                .col(ColumnDef::new("dimension").text().not_null())
                .col(ColumnDef::new("key").text().not_null())
                .col(ColumnDef::new("count").big_integer().not_null())
                .primary_key(
                    Index::create()
                        .col("consultation_id")
                        .col("question_id")
                        .col("dimension")
                        .col("key"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_tally_consultation_id")
                        .from("tally", "consultation_id")
                        .to("consultation", "id"),
                )
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("tally").to_owned())
            .await?;
        m.drop_table(Table::drop().table("answer").to_owned())
            .await?;
        m.drop_table(Table::drop().table("respondent").to_owned())
            .await?;
        m.drop_table(Table::drop().table("response").to_owned())
            .await?;
        Ok(())
    }
}

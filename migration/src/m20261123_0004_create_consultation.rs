//! Consultations and what they ask.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("regime")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("code").text().not_null().unique_key())
                .col(ColumnDef::new("name").text().not_null())
                .col(ColumnDef::new("minimum_days").integer().not_null())
                .col(ColumnDef::new("source").text().not_null())
                .col(ColumnDef::new("effective_from").text().not_null())
                .col(ColumnDef::new("publication_profile").text().not_null())
                .col(ColumnDef::new("voting_allowed").boolean().not_null())
                .col(ColumnDef::new("note").text().not_null())
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("consultation")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("slug").text().not_null().unique_key())
                .col(ColumnDef::new("title").text().not_null())
                .col(ColumnDef::new("summary").text().not_null())
                .col(ColumnDef::new("body").text().not_null())
                .col(ColumnDef::new("topic").text().not_null())
                .col(ColumnDef::new("team_id").big_integer().not_null())
                .col(ColumnDef::new("regime_id").big_integer().not_null())
                .col(ColumnDef::new("open_scope").text().not_null())
                .col(ColumnDef::new("limited_scope").text().not_null())
                .col(ColumnDef::new("fixed_scope").text().not_null())
                .col(ColumnDef::new("scope_reason").text().not_null())
                .col(ColumnDef::new("closing_reason").text().not_null())
                .col(ColumnDef::new("contact_name").text().not_null())
                .col(ColumnDef::new("contact_email").text().not_null())
                .col(ColumnDef::new("opens_at").big_integer().null())
                .col(ColumnDef::new("closes_at").big_integer().null())
                .col(ColumnDef::new("statements_open").boolean().not_null())
                .col(ColumnDef::new("created_by").big_integer().null())
                .col(ColumnDef::new("created_at").big_integer().not_null())
                .col(ColumnDef::new("submitted_by").big_integer().null())
                .col(ColumnDef::new("submitted_at").big_integer().null())
                .col(ColumnDef::new("approved_by").big_integer().null())
                .col(ColumnDef::new("approved_at").big_integer().null())
                .col(ColumnDef::new("published_at").big_integer().null())
                .col(ColumnDef::new("answered_at").big_integer().null())
                .col(ColumnDef::new("decided_at").big_integer().null())
                .col(ColumnDef::new("decided_by").big_integer().null())
                .col(ColumnDef::new("decision").text().null())
                .col(ColumnDef::new("equality_assessed_on").text().null())
                .col(ColumnDef::new("withdrawn_at").big_integer().null())
                .col(ColumnDef::new("attribution").text().null())
                .col(ColumnDef::new("import_key").text().null().unique_key())
                .col(ColumnDef::new("invented").boolean().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_team_id")
                        .from("consultation", "team_id")
                        .to("team", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_regime_id")
                        .from("consultation", "regime_id")
                        .to("regime", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_created_by")
                        .from("consultation", "created_by")
                        .to("person", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_submitted_by")
                        .from("consultation", "submitted_by")
                        .to("person", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_approved_by")
                        .from("consultation", "approved_by")
                        .to("person", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_decided_by")
                        .from("consultation", "decided_by")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_consultation_closes_at")
                .table("consultation")
                .col("closes_at")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("consultation_team")
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("team_id").big_integer().not_null())
                .primary_key(Index::create().col("consultation_id").col("team_id"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_team_consultation_id")
                        .from("consultation_team", "consultation_id")
                        .to("consultation", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_team_team_id")
                        .from("consultation_team", "team_id")
                        .to("team", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("consultation_area")
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("area_id").big_integer().not_null())
                .primary_key(Index::create().col("consultation_id").col("area_id"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_area_consultation_id")
                        .from("consultation_area", "consultation_id")
                        .to("consultation", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consultation_area_area_id")
                        .from("consultation_area", "area_id")
                        .to("area", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_consultation_area_area_id")
                .table("consultation_area")
                .col("area_id")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("option")
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
                .col(ColumnDef::new("description").text().not_null())
                .col(ColumnDef::new("do_nothing").boolean().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_option_consultation_id")
                        .from("option", "consultation_id")
                        .to("consultation", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_option_consultation_id")
                .table("option")
                .col("consultation_id")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("document")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("token").text().not_null().unique_key())
                .col(ColumnDef::new("consultation_id").big_integer().null())
                .col(ColumnDef::new("title").text().not_null())
                .col(ColumnDef::new("file_name").text().not_null())
                .col(ColumnDef::new("content_type").text().not_null())
                .col(ColumnDef::new("size").big_integer().not_null())
                .col(ColumnDef::new("sha256").text().not_null())
                .col(ColumnDef::new("content").binary().not_null())
                .col(ColumnDef::new("uploaded_by").big_integer().not_null())
                .col(ColumnDef::new("uploaded_at").big_integer().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_document_consultation_id")
                        .from("document", "consultation_id")
                        .to("consultation", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_document_uploaded_by")
                        .from("document", "uploaded_by")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_document_consultation_id")
                .table("document")
                .col("consultation_id")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("question")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("consultation_id").big_integer().not_null())
                .col(ColumnDef::new("position").integer().not_null())
                .col(ColumnDef::new("page").integer().not_null())
                .col(ColumnDef::new("kind").text().not_null())
                .col(ColumnDef::new("prompt").text().not_null())
                .col(ColumnDef::new("hint").text().not_null())
                .col(ColumnDef::new("required").boolean().not_null())
                .col(ColumnDef::new("published").boolean().not_null())
                .col(ColumnDef::new("choices").text().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_question_consultation_id")
                        .from("question", "consultation_id")
                        .to("consultation", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_question_consultation_id")
                .table("question")
                .col("consultation_id")
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("question").to_owned())
            .await?;
        m.drop_table(Table::drop().table("document").to_owned())
            .await?;
        m.drop_table(Table::drop().table("option").to_owned())
            .await?;
        m.drop_table(Table::drop().table("consultation_area").to_owned())
            .await?;
        m.drop_table(Table::drop().table("consultation_team").to_owned())
            .await?;
        m.drop_table(Table::drop().table("consultation").to_owned())
            .await?;
        m.drop_table(Table::drop().table("regime").to_owned())
            .await?;
        Ok(())
    }
}

//! Concerns about places, and who looks after them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("concern")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("area_id").big_integer().not_null())
                .col(ColumnDef::new("category").text().not_null())
                .col(ColumnDef::new("what").text().not_null())
                .col(ColumnDef::new("place").text().not_null())
                .col(ColumnDef::new("may_contact").boolean().not_null())
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
                .col(ColumnDef::new("submitted_at").big_integer().not_null())
                .col(ColumnDef::new("reply_due_at").big_integer().not_null())
                .col(ColumnDef::new("team_id").big_integer().null())
                .col(ColumnDef::new("ownership").text().not_null())
                .col(ColumnDef::new("status").text().not_null())
                .col(ColumnDef::new("first_reply_at").big_integer().null())
                .col(ColumnDef::new("invented").boolean().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_concern_area_id")
                        .from("concern", "area_id")
                        .to("area", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_concern_team_id")
                        .from("concern", "team_id")
                        .to("team", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_concern_area_id")
                .table("concern")
                .col("area_id")
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_concern_team_id_status")
                .table("concern")
                .col("team_id")
                .col("status")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("concern_contact")
                .col(
                    ColumnDef::new("concern_id")
                        .big_integer()
                        .not_null()
                        .primary_key(),
                )
                .col(ColumnDef::new("name").text().null())
                .col(ColumnDef::new("email").text().null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_concern_contact_concern_id")
                        .from("concern_contact", "concern_id")
                        .to("concern", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("concern_event")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("concern_id").big_integer().not_null())
                .col(ColumnDef::new("at").big_integer().not_null())
                .col(ColumnDef::new("person_id").big_integer().null())
                .col(ColumnDef::new("kind").text().not_null())
                .col(ColumnDef::new("text").text().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_concern_event_concern_id")
                        .from("concern_event", "concern_id")
                        .to("concern", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_concern_event_person_id")
                        .from("concern_event", "person_id")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_concern_event_concern_id")
                .table("concern_event")
                .col("concern_id")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("area_promise")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("area_id").big_integer().not_null())
                .col(ColumnDef::new("team_id").big_integer().not_null())
                .col(ColumnDef::new("you_said").text().not_null())
                .col(ColumnDef::new("we_did").text().not_null())
                .col(ColumnDef::new("at").big_integer().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_area_promise_area_id")
                        .from("area_promise", "area_id")
                        .to("area", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_area_promise_team_id")
                        .from("area_promise", "team_id")
                        .to("team", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_area_promise_area_id")
                .table("area_promise")
                .col("area_id")
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("area_promise").to_owned())
            .await?;
        m.drop_table(Table::drop().table("concern_event").to_owned())
            .await?;
        m.drop_table(Table::drop().table("concern_contact").to_owned())
            .await?;
        m.drop_table(Table::drop().table("concern").to_owned())
            .await?;
        Ok(())
    }
}

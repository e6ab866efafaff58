//! Staff: people, their roles, their sessions.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("person")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("name").text().not_null())
                .col(ColumnDef::new("email").text().not_null().unique_key())
                .col(ColumnDef::new("password_hash").text().null())
                .col(ColumnDef::new("created_at").big_integer().not_null())
                .col(ColumnDef::new("disabled_at").big_integer().null())
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("membership")
                .col(ColumnDef::new("person_id").big_integer().not_null())
                .col(ColumnDef::new("team_id").big_integer().not_null())
                .col(ColumnDef::new("role").text().not_null())
                .primary_key(Index::create().col("person_id").col("team_id").col("role"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_membership_person_id")
                        .from("membership", "person_id")
                        .to("person", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_membership_team_id")
                        .from("membership", "team_id")
                        .to("team", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("one_time_link")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("person_id").big_integer().not_null())
                .col(ColumnDef::new("purpose").text().not_null())
                .col(ColumnDef::new("token_hash").text().not_null().unique_key())
                .col(ColumnDef::new("expires_at").big_integer().not_null())
                .col(ColumnDef::new("used_at").big_integer().null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_one_time_link_person_id")
                        .from("one_time_link", "person_id")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("session")
                .col(ColumnDef::new("id").text().not_null().primary_key())
                .col(ColumnDef::new("data").text().not_null())
                .col(ColumnDef::new("person_id").big_integer().null())
                .col(ColumnDef::new("expires_at").big_integer().not_null())
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_session_person_id")
                .table("session")
                .col("person_id")
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_session_expires_at")
                .table("session")
                .col("expires_at")
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("session").to_owned())
            .await?;
        m.drop_table(Table::drop().table("one_time_link").to_owned())
            .await?;
        m.drop_table(Table::drop().table("membership").to_owned())
            .await?;
        m.drop_table(Table::drop().table("person").to_owned())
            .await?;
        Ok(())
    }
}

//! Polls: what is voted on, the register of who may vote, the ballots, the published counts.
//!
//! `poll_elector` and `poll_ballot` share no key, no order and no time: on SQLite ballots lie in
//! the order of their hash (`WITHOUT ROWID`); on PostgreSQL a job shuffles the rows of both.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

fn id() -> ColumnDef {
    ColumnDef::new("id")
        .big_integer()
        .not_null()
        .auto_increment()
        .primary_key()
        .take()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        create_poll(m).await?;
        create_option(m).await?;
        create_elector(m).await?;
        let tail = if m.get_database_backend() == DbBackend::Sqlite {
            " WITHOUT ROWID"
        } else {
            ""
        };
        m.get_connection()
            .execute_unprepared(&format!(
                "CREATE TABLE poll_ballot (\
                 poll_id BIGINT NOT NULL REFERENCES poll (id), \
                 code_hash TEXT NOT NULL, \
                 choices TEXT NULL, \
                 commitment TEXT NULL, \
                 paper BOOLEAN NOT NULL, \
                 quarantined BOOLEAN NOT NULL, \
                 source TEXT NULL, \
                 PRIMARY KEY (poll_id, code_hash)){tail}"
            ))
            .await?;
        create_count(m).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "poll_count",
            "poll_ballot",
            "poll_elector",
            "poll_option",
            "poll",
        ] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn create_poll(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("poll")
            .col(id())
            .col(ColumnDef::new("consultation_id").big_integer().not_null())
            .col(ColumnDef::new("number").integer().not_null())
            .col(ColumnDef::new("question").text().not_null())
            .col(ColumnDef::new("help").text().not_null())
            .col(ColumnDef::new("method").text().not_null())
            .col(ColumnDef::new("electorate").text().not_null())
            .col(ColumnDef::new("sealed").boolean().not_null())
            .col(ColumnDef::new("binding").boolean().not_null())
            .col(ColumnDef::new("seed").text().not_null())
            .col(ColumnDef::new("seed_hash").text().not_null())
            .foreign_key(
                ForeignKey::create()
                    .name("fk_poll_consultation_id")
                    .from("poll", "consultation_id")
                    .to("consultation", "id"),
            )
            .to_owned(),
    )
    .await?;
    m.create_index(
        Index::create()
            .name("uq_poll_consultation_id_number")
            .table("poll")
            .col("consultation_id")
            .col("number")
            .unique()
            .to_owned(),
    )
    .await
}

async fn create_option(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("poll_option")
            .col(id())
            .col(ColumnDef::new("poll_id").big_integer().not_null())
            .col(ColumnDef::new("position").integer().not_null())
            .col(ColumnDef::new("name").text().not_null())
            .col(ColumnDef::new("description").text().not_null())
            .col(ColumnDef::new("cost").big_integer().null())
            .col(ColumnDef::new("area_id").big_integer().null())
            .col(ColumnDef::new("picture").text().null())
            .col(ColumnDef::new("picture_alt").text().null())
            .foreign_key(
                ForeignKey::create()
                    .name("fk_poll_option_poll_id")
                    .from("poll_option", "poll_id")
                    .to("poll", "id"),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk_poll_option_area_id")
                    .from("poll_option", "area_id")
                    .to("area", "id"),
            )
            .to_owned(),
    )
    .await?;
    m.create_index(
        Index::create()
            .name("uq_poll_option_poll_id_position")
            .table("poll_option")
            .col("poll_id")
            .col("position")
            .unique()
            .to_owned(),
    )
    .await
}

async fn create_elector(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("poll_elector")
            .col(id())
            .col(ColumnDef::new("poll_id").big_integer().not_null())
            .col(ColumnDef::new("name").text().null())
            .col(ColumnDef::new("address").text().null())
            .col(ColumnDef::new("key_hash").text().not_null())
            .col(ColumnDef::new("token_hash").text().null())
            .col(ColumnDef::new("issued_on").text().null())
            .foreign_key(
                ForeignKey::create()
                    .name("fk_poll_elector_poll_id")
                    .from("poll_elector", "poll_id")
                    .to("poll", "id"),
            )
            .to_owned(),
    )
    .await?;
    m.create_index(
        Index::create()
            .name("uq_poll_elector_poll_id_key_hash")
            .table("poll_elector")
            .col("poll_id")
            .col("key_hash")
            .unique()
            .to_owned(),
    )
    .await?;
    m.create_index(
        Index::create()
            .name("uq_poll_elector_token_hash")
            .table("poll_elector")
            .col("token_hash")
            .unique()
            .to_owned(),
    )
    .await
}

async fn create_count(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("poll_count")
            .col(id())
            .col(ColumnDef::new("poll_id").big_integer().not_null())
            .col(ColumnDef::new("list").text().not_null())
            .col(ColumnDef::new("list_hash").text().not_null())
            .col(ColumnDef::new("published_at").big_integer().not_null())
            .foreign_key(
                ForeignKey::create()
                    .name("fk_poll_count_poll_id")
                    .from("poll_count", "poll_id")
                    .to("poll", "id"),
            )
            .to_owned(),
    )
    .await?;
    m.create_index(
        Index::create()
            .name("ix_poll_count_poll_id")
            .table("poll_count")
            .col("poll_id")
            .to_owned(),
    )
    .await
}

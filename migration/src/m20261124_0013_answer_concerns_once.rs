//! Answering a concern twice is answering it once, and where it was sent is kept.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Table and index: a key of the form that wrote the row, once in its table.
const KEYED: [(&str, &str); 2] = [
    ("concern_event", "ux_concern_event_idempotency_key"),
    ("area_promise", "ux_area_promise_idempotency_key"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (table, index) in KEYED {
            m.alter_table(
                Table::alter()
                    .table(table)
                    .add_column(ColumnDef::new("idempotency_key").text().null())
                    .to_owned(),
            )
            .await?;
            m.create_index(
                Index::create()
                    .name(index)
                    .table(table)
                    .col("idempotency_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        }
        m.alter_table(
            Table::alter()
                .table("concern")
                .add_column(ColumnDef::new("sent_to").text().null())
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("concern")
                .drop_column("sent_to")
                .to_owned(),
        )
        .await?;
        for (table, index) in KEYED {
            m.drop_index(Index::drop().name(index).table(table).to_owned())
                .await?;
            m.alter_table(
                Table::alter()
                    .table(table)
                    .drop_column("idempotency_key")
                    .to_owned(),
            )
            .await?;
        }
        Ok(())
    }
}

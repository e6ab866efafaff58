//! Full text of consultations: FTS5 on SQLite, tsvector on PostgreSQL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        if m.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(
                "CREATE TABLE consultation_text (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
            )
            .await?;
            db.execute_unprepared(
                "CREATE INDEX ix_consultation_text ON consultation_text USING GIN (words)",
            )
            .await?;
        } else {
            db.execute_unprepared(
                "CREATE VIRTUAL TABLE consultation_text \
                 USING fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')",
            )
            .await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection()
            .execute_unprepared("DROP TABLE consultation_text")
            .await
            .map(drop)
    }
}

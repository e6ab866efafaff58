//! Votes and statements without the order in which they came.
//!
//! Who wrote a statement is in a table of its own while it waits; a statement keeps its day. On
//! SQLite, where nobody is served meanwhile, votes lie in the order of their key and every voter gets
//! a random id. On PostgreSQL rows are left alone here, so that nobody who votes waits for all of
//! them: the server’s job for shuffling does the same a consultation at a time when it starts, as it
//! does with whatever a server of the version before goes on writing.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

const AUTHORS: [&str; 3] = [
    "INSERT INTO statement_author (statement_id, voter_id) \
     SELECT id, voter_id FROM statement WHERE voter_id IS NOT NULL AND state = 'held'",
    "UPDATE statement SET voter_id = NULL, created_at = created_at - created_at % 86400000",
    "UPDATE poll_ballot SET source = NULL WHERE source IS NOT NULL",
];

const NEW_IDS: [&str; 3] = [
    // Beside the database: it joins what is to be forgotten.
    "CREATE TEMP TABLE voter_moved AS SELECT id AS was, \
     1099511627776 + abs(random() % 4503599627370496) AS becomes FROM voter",
    "CREATE UNIQUE INDEX temp.ix_voter_moved_was ON voter_moved (was)",
    "INSERT INTO voter (id, consultation_id, token_hash, joined_on) \
     SELECT m.becomes, v.consultation_id, '~' || v.token_hash, v.joined_on \
     FROM voter v JOIN voter_moved m ON m.was = v.id ORDER BY m.becomes",
];

const WITHOUT_ROWID: [&str; 5] = [
    "CREATE TABLE statement_vote_laid (\
     voter_id BIGINT NOT NULL REFERENCES voter (id), \
     statement_id BIGINT NOT NULL REFERENCES statement (id), \
     value INTEGER NOT NULL, \
     PRIMARY KEY (voter_id, statement_id)) WITHOUT ROWID",
    "INSERT INTO statement_vote_laid (voter_id, statement_id, value) \
     SELECT m.becomes, v.statement_id, v.value \
     FROM statement_vote v JOIN voter_moved m ON m.was = v.voter_id \
     ORDER BY m.becomes, v.statement_id",
    "DROP TABLE statement_vote",
    "ALTER TABLE statement_vote_laid RENAME TO statement_vote",
    "CREATE INDEX ix_statement_vote_statement_id ON statement_vote (statement_id)",
];

const MOVED: [&str; 6] = [
    "UPDATE voter_source SET voter_id = (SELECT becomes FROM voter_moved WHERE was = voter_id)",
    "UPDATE voter_flag SET voter_id = (SELECT becomes FROM voter_moved WHERE was = voter_id)",
    "UPDATE statement SET voter_id = (SELECT becomes FROM voter_moved WHERE was = voter_id) \
     WHERE voter_id IS NOT NULL",
    "DELETE FROM voter WHERE id IN (SELECT was FROM voter_moved)",
    "UPDATE voter SET token_hash = substr(token_hash, 2) WHERE token_hash LIKE '~%'",
    "DROP TABLE voter_moved",
];

async fn execute(m: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        m.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == DbBackend::Sqlite;
        let tail = if sqlite { " WITHOUT ROWID" } else { "" };
        let authors = format!(
            "CREATE TABLE statement_author (\
             statement_id BIGINT NOT NULL PRIMARY KEY, \
             voter_id BIGINT NOT NULL){tail}"
        );
        let by_voter = "CREATE INDEX ix_statement_author_voter_id ON statement_author (voter_id)";
        execute(m, &[&authors, by_voter]).await?;
        if sqlite {
            execute(m, &NEW_IDS).await?;
            execute(m, &WITHOUT_ROWID).await?;
            execute(m, &MOVED).await?;
            execute(m, &AUTHORS).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        execute(
            m,
            &[
                "UPDATE statement SET voter_id = \
                 (SELECT voter_id FROM statement_author WHERE statement_id = statement.id) \
                 WHERE id IN (SELECT statement_id FROM statement_author)",
                "DROP TABLE statement_author",
            ],
        )
        .await?;
        if m.get_database_backend() != DbBackend::Sqlite {
            return Ok(());
        }
        execute(
            m,
            &["ALTER TABLE statement_vote RENAME TO statement_vote_laid"],
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
        execute(
            m,
            &[
                "INSERT INTO statement_vote (voter_id, statement_id, value) \
                 SELECT voter_id, statement_id, value FROM statement_vote_laid",
                "DROP TABLE statement_vote_laid",
            ],
        )
        .await?;
        m.create_index(
            Index::create()
                .name("ix_statement_vote_statement_id")
                .table("statement_vote")
                .col("statement_id")
                .to_owned(),
        )
        .await
    }
}

//! Putting voters, their votes and their statements in another order, so that neither where a row lies
//! nor which transaction wrote it says who came after whom.
//!
//! On SQLite the keys are random and rows lie in their order, but within a page in the order of
//! writing; PostgreSQL keeps rows in the order of writing, each with the number of its transaction.
//! Both are lost here, and with them what a server of the version before has written: ids of voters
//! that count up, moments, authors beside statements, and authors of statements that it decided on.
//! Statements keep their ids: links and the record name them.

use domain::consultation::Consultation;
use domain::ids::ConsultationId;
use entity::statement;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, QuerySelect};

use super::statements::HELD;
use super::votes::LOCK;
use crate::db::random_id;
use crate::granted::Granted;
use crate::secret::RANDOM_IDS;

/// The tables that are shuffled.
pub const TABLES: [&str; 6] = [
    "statement_vote",
    "voter_source",
    "voter_flag",
    "statement_author",
    "voter",
    "statement",
];

/// What goes with a voter: the table, its columns after that of the voter, and that column.
const OF_VOTERS: [(&str, &str, &str); 4] = [
    ("statement_vote", "voter_id", "statement_id, value"),
    (
        "voter_source",
        "voter_id",
        "consultation_id, day, source, read",
    ),
    ("voter_flag", "voter_id", "consultation_id, reason, aside"),
    ("statement_author", "voter_id", "statement_id"),
];

/// Every consultation with statements: nobody can have voted, or written one, where there are none.
pub async fn consultations(db: &impl ConnectionTrait) -> Result<Vec<ConsultationId>, DbErr> {
    Ok(statement::Entity::find()
        .select_only()
        .column(statement::Column::ConsultationId)
        .distinct()
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .map(ConsultationId)
        .collect())
}

/// Shuffles the rows of a consultation.
pub async fn shuffle(granted: &Granted<'_, Consultation>) -> Result<(), DbErr> {
    let (tx, on) = (granted.tx(), granted.root().id);
    let postgresql = tx.get_database_backend() == DbBackend::Postgres;
    let chance = random_id(tx.get_database_backend());
    let order = |key: &str| {
        if postgresql {
            "random()".to_owned()
        } else {
            key.to_owned()
        }
    };
    let mut statements = Vec::new();
    if postgresql {
        // Whoever votes waits, as they wait for one another.
        statements.push(LOCK.to_owned());
    }
    statements.extend([
        format!(
            "INSERT INTO statement_author (statement_id, voter_id) \
             SELECT id, voter_id FROM statement WHERE consultation_id = {on} \
             AND voter_id IS NOT NULL AND state = '{HELD}' ON CONFLICT DO NOTHING"
        ),
        format!(
            "DELETE FROM statement_author WHERE statement_id IN \
             (SELECT id FROM statement WHERE consultation_id = {on} AND state <> '{HELD}')"
        ),
        format!(
            "UPDATE statement SET voter_id = NULL, created_at = created_at - created_at % 86400000 \
             WHERE consultation_id = {on} \
             AND (voter_id IS NOT NULL OR created_at % 86400000 <> 0)"
        ),
        format!(
            "CREATE TEMP TABLE moved AS SELECT id AS was, \
             CASE WHEN id < {RANDOM_IDS} THEN {chance} ELSE id END AS becomes, \
             consultation_id, token_hash, joined_on FROM voter WHERE consultation_id = {on}"
        ),
        "CREATE INDEX ix_moved_was ON moved (was)".to_owned(),
    ]);
    for (table, voter, others) in OF_VOTERS {
        let rows = format!(
            "CREATE TEMP TABLE laid_{table} AS SELECT m.becomes AS {voter}, {} FROM {table} t \
             JOIN moved m ON m.was = t.{voter}",
            others
                .split(", ")
                .map(|column| format!("t.{column}"))
                .collect::<Vec<_>>()
                .join(", ")
        );
        statements.push(rows);
        statements.push(format!(
            "DELETE FROM {table} WHERE {voter} IN (SELECT was FROM moved)"
        ));
    }
    statements.extend([
        format!("DELETE FROM voter WHERE consultation_id = {on}"),
        format!(
            "INSERT INTO voter (id, consultation_id, token_hash, joined_on) \
             SELECT becomes, consultation_id, token_hash, joined_on FROM moved ORDER BY {}",
            order("becomes")
        ),
    ]);
    if postgresql {
        statements.push(format!(
            "WITH gone AS (DELETE FROM statement WHERE consultation_id = {on} RETURNING *) \
             INSERT INTO statement SELECT * FROM gone ORDER BY random()"
        ));
    }
    for (table, voter, others) in OF_VOTERS {
        statements.push(format!(
            "INSERT INTO {table} ({voter}, {others}) SELECT {voter}, {others} FROM laid_{table} \
             ORDER BY {}",
            order(voter)
        ));
        statements.push(format!("DROP TABLE laid_{table}"));
    }
    statements.push("DROP TABLE moved".to_owned());
    for statement in statements {
        tx.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Whether any voter of a consultation has an id that counts up.
pub async fn counts_up(granted: &Granted<'_, Consultation>) -> Result<bool, DbErr> {
    use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
    let old = entity::voter::Entity::find()
        .filter(entity::voter::Column::ConsultationId.eq(granted.root().id.0))
        .filter(entity::voter::Column::Id.lt(RANDOM_IDS))
        .count(granted.tx())
        .await?;
    Ok(old > 0)
}

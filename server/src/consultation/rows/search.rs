//! Full-text search of consultations, the same from outside on both databases.
//!
//! Invariant: the index is written in the transaction that changes the words.

use domain::ids::ConsultationId;
use entity::consultation;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, Value};

use crate::db::sql;
use crate::granted::Permitted;

const MOST_TERMS: usize = 8;

/// Writes the words of one consultation into the index.
pub async fn index(permitted: &impl Permitted, id: ConsultationId) -> Result<(), DbErr> {
    let tx = permitted.connection();
    let Some(row) = consultation::Entity::find_by_id(id.0).one(tx).await? else {
        return Ok(());
    };
    let words = [row.title, row.summary, row.topic, row.body].join("\n");
    let backend = tx.get_database_backend();
    let (clear, write) = if backend == DbBackend::Postgres {
        (
            "DELETE FROM consultation_text WHERE id = ?",
            "INSERT INTO consultation_text (id, words) VALUES (?, to_tsvector('english', ?))",
        )
    } else {
        (
            "DELETE FROM consultation_text WHERE rowid = ?",
            "INSERT INTO consultation_text (rowid, words) VALUES (?, ?)",
        )
    };
    tx.execute_raw(sql(backend, clear, [id.0])).await?;
    tx.execute_raw(sql(backend, write, [Value::from(id.0), Value::from(words)]))
        .await
        .map(drop)
}

/// The consultations whose words begin with each of the terms; nothing where none was typed.
pub async fn find(db: &impl ConnectionTrait, typed: &str) -> Result<Option<Vec<i64>>, DbErr> {
    // Only letters and digits reach the query language of either database.
    let terms: Vec<String> = typed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|term| !term.is_empty())
        .take(MOST_TERMS)
        .map(str::to_lowercase)
        .collect();
    if terms.is_empty() {
        return Ok(None);
    }
    let backend = db.get_database_backend();
    let (text, query) = if backend == DbBackend::Postgres {
        let query: Vec<String> = terms.iter().map(|term| format!("{term}:*")).collect();
        (
            "SELECT id FROM consultation_text WHERE words @@ to_tsquery('english', ?) LIMIT 1000",
            query.join(" & "),
        )
    } else {
        let query: Vec<String> = terms.iter().map(|term| format!("\"{term}\"*")).collect();
        (
            "SELECT rowid AS id FROM consultation_text WHERE consultation_text MATCH ? LIMIT 1000",
            query.join(" "),
        )
    };
    db.query_all_raw(sql(backend, text, [query]))
        .await?
        .into_iter()
        .map(|row| row.try_get::<i64>("", "id"))
        .collect::<Result<_, _>>()
        .map(Some)
}

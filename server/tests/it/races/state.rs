//! What a database holds, as text that two runs of the same use cases share.
//!
//! Left out is what chance or the clock decides: ids of new rows, tokens and the hashes of them, exact
//! moments (only whether there is one), the place in the record. What is left must be equal.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Statement};
use server::db::Db;

/// Tables that say nothing of what people did: sessions, steps of the schema, search.
const SKIPPED: [&str; 5] = [
    "session",
    "seaql_migrations",
    "sqlite_",
    "consultation_text",
    "creation",
];

/// Columns that chance decides.
const CHANCE: [&str; 14] = [
    "token",
    "token_hash",
    "key_hash",
    "code_hash",
    "receipt_hash",
    "idempotency_key",
    "import_key",
    "hash",
    "previous_hash",
    "content_hash",
    "password_hash",
    "seed",
    "seed_hash",
    "commitment",
];

/// Every row of every table as a line, sorted within its table.
pub async fn state(db: &Db) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for table in tables(db).await {
        if SKIPPED.iter().any(|skipped| table.starts_with(skipped)) {
            continue;
        }
        let rows = rows(db, &table).await;
        all.insert(table, rows);
    }
    all
}

async fn tables(db: &Db) -> Vec<String> {
    let sql = if db.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    } else {
        "SELECT table_name AS name FROM information_schema.tables \
         WHERE table_schema = 'public' ORDER BY table_name"
    };
    ask(db, sql.to_owned())
        .await
        .into_iter()
        .map(|row| row.try_get::<String>("", "name").expect("a name"))
        .collect()
}

async fn columns(db: &Db, table: &str) -> Vec<String> {
    let sql = if db.is_sqlite() {
        format!("SELECT name FROM pragma_table_info('{table}') ORDER BY name")
    } else {
        format!(
            "SELECT column_name AS name FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY column_name"
        )
    };
    ask(db, sql)
        .await
        .into_iter()
        .map(|row| row.try_get::<String>("", "name").expect("a name"))
        .collect()
}

/// The rows of a table; each value as text that says nothing of chance.
async fn rows(db: &Db, table: &str) -> Vec<String> {
    let columns = columns(db, table).await;
    let text: Vec<String> = columns
        .iter()
        .filter(|column| !CHANCE.contains(&column.as_str()))
        // What a row is called by is left out; which other row it belongs to is not, where that one
        // was there before.
        .filter(|column| *column != "id")
        .map(|column| {
            let named = format!("\"{column}\"");
            let value = if column == "at" || column.ends_with("_at") || column == "run_after" {
                format!("CASE WHEN {named} IS NULL THEN 'never' ELSE 'at some time' END")
            } else if column.ends_with("content") || column == "geometry" || column == "boundary" {
                format!("COALESCE(CAST(length({named}) AS TEXT), 'nothing')")
            } else {
                format!("COALESCE(CAST({named} AS TEXT), 'nothing')")
            };
            format!("'{column}=' || {value}")
        })
        .collect();
    if text.is_empty() {
        return Vec::new();
    }
    let sql = format!(
        "SELECT {} AS line FROM \"{table}\"",
        text.join(" || ' | ' || ")
    );
    let mut lines: Vec<String> = ask(db, sql)
        .await
        .into_iter()
        .map(|row| row.try_get::<String>("", "line").expect("a line"))
        .map(|line| without_chance(&line))
        .collect();
    lines.sort();
    lines
}

/// Long runs of hexadecimal digits, and codes in groups of four, are chance wherever they stand: in a
/// letter, in the record.
fn without_chance(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut word = String::new();
    let flush = |word: &mut String, out: &mut String| {
        let hex = word.len() >= 16 && word.chars().all(|c| c.is_ascii_hexdigit());
        let groups = word.len() == 19
            && word.split('-').count() == 4
            && word.split('-').all(|group| group.len() == 4);
        out.push_str(if hex || groups { "(by chance)" } else { word });
        word.clear();
    };
    for c in line.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            word.push(c);
        } else {
            flush(&mut word, &mut out);
            out.push(c);
        }
    }
    flush(&mut word, &mut out);
    out
}

async fn ask(db: &Db, sql: String) -> Vec<sea_orm::QueryResult> {
    db.read()
        .query_all_raw(Statement::from_string(db.backend(), sql.clone()))
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"))
}

/// The tables in which two states differ, with a line of each.
pub fn difference(
    one: &BTreeMap<String, Vec<String>>,
    two: &BTreeMap<String, Vec<String>>,
) -> String {
    let mut out = String::new();
    for (table, rows) in one {
        let other = two.get(table).cloned().unwrap_or_default();
        if *rows == other {
            continue;
        }
        let only = |these: &[String], those: &[String]| {
            these
                .iter()
                .filter(|row| !those.contains(row))
                .take(2)
                .map(|row| row.chars().take(400).collect::<String>())
                .collect::<Vec<_>>()
                .join("\n      ")
        };
        out.push_str(&format!(
            "  {table}:\n    was {}\n      {}\n    and {}\n      {}\n",
            rows.len(),
            only(rows, &other),
            other.len(),
            only(&other, rows)
        ));
    }
    out
}

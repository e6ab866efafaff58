//! What a database holds, as text that two runs of the same use cases share.
//!
//! Left out is what chance or the clock decides: ids of new rows, tokens and the hashes of them, exact
//! moments (only whether there is one), the place in the record. What is left must be equal.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Statement};
use server::db::Db;

/// The lines of each table that has any.
pub type State = BTreeMap<String, Vec<String>>;

/// Tables that say nothing of what people did: sessions, steps of the schema, search, what was imported
/// of places.
const SKIPPED: [&str; 7] = [
    "postcode",
    "area_figure",
    "session",
    "seaql_migrations",
    "sqlite_",
    "consultation_text",
    "creation",
];

/// Columns that chance decides.
const CHANCE: [&str; 15] = [
    "last_entry",
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

/// How the whole database is read: one statement, made once, since copies share their schema.
#[derive(Clone, Debug)]
pub struct Reader(String);

impl Reader {
    /// Of a database with this schema.
    pub async fn of(db: &Db) -> Self {
        let mut parts = Vec::new();
        for table in tables(db).await {
            if SKIPPED.iter().any(|skipped| table.starts_with(skipped)) {
                continue;
            }
            let text = line(&columns(db, &table).await);
            if !text.is_empty() {
                parts.push(format!(
                    "SELECT '{table}' AS called, {text} AS line FROM \"{table}\""
                ));
            }
        }
        assert!(parts.len() > 20, "a schema of {} tables", parts.len());
        Self(parts.join(" UNION ALL "))
    }

    /// Every row of every table as a line, sorted within its table.
    pub async fn state(&self, db: &Db) -> State {
        let mut all = State::new();
        for row in ask(db, self.0.clone()).await {
            let table: String = row.try_get("", "called").expect("a name");
            let line: String = row.try_get("", "line").expect("a line");
            all.entry(table).or_default().push(without_chance(&line));
        }
        for lines in all.values_mut() {
            lines.sort();
        }
        all
    }
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

/// Whether a column says when: only whether there is a moment is compared.
fn moment(column: &str) -> bool {
    column == "at" || column == "run_after" || column.ends_with("_at") || column.ends_with("_until")
}

/// The row of a table as an expression; each value as text that says nothing of chance.
fn line(columns: &[String]) -> String {
    let text: Vec<String> = columns
        .iter()
        .filter(|column| !CHANCE.contains(&column.as_str()))
        // What a row is called by is left out; which other row it belongs to is not, where that one
        // was there before.
        .filter(|column| *column != "id")
        .map(|column| {
            let named = format!("\"{column}\"");
            let value = if moment(column) {
                format!("CASE WHEN {named} IS NULL THEN 'never' ELSE 'at some time' END")
            } else if column.ends_with("content") || column == "geometry" || column == "boundary" {
                format!("COALESCE(CAST(length({named}) AS TEXT), 'nothing')")
            } else {
                format!("COALESCE(CAST({named} AS TEXT), 'nothing')")
            };
            format!("'{column}=' || {value}")
        })
        .collect();
    text.join(" || ' | ' || ")
}

/// Long runs of digits, hexadecimal or not, and codes in groups of four, are chance wherever they stand: in a
/// letter, in the record.
fn without_chance(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut word = String::new();
    let flush = |word: &mut String, out: &mut String| {
        let hex = word.len() >= 16 && word.chars().all(|c| c.is_ascii_hexdigit());
        let groups = word.len() == 19
            && word.split('-').count() == 4
            && word.split('-').all(|group| group.len() == 4);
        // The ids that count up are short.
        let id = word.len() >= 13 && word.chars().all(|c| c.is_ascii_digit());
        out.push_str(if hex || groups || id {
            "(by chance)"
        } else {
            word
        });
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
pub fn difference(one: &State, two: &State) -> String {
    let tables: std::collections::BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    let mut out = String::new();
    for table in tables {
        let rows = one.get(table).cloned().unwrap_or_default();
        let other = two.get(table).cloned().unwrap_or_default();
        if rows == other {
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
            only(&rows, &other),
            other.len(),
            only(&other, &rows)
        ));
    }
    out
}

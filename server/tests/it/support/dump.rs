//! Everything that a database holds, as somebody with a copy of it reads it.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, QueryResult, Statement};

use super::TestApp;

async fn ask(app: &TestApp, sql: &str) -> Vec<QueryResult> {
    let db = app.app.db.read();
    let asked = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(asked).await.expect("reads")
}

async fn names(app: &TestApp, sql: &str) -> Vec<String> {
    let rows = ask(app, sql).await;
    let name = |row: &QueryResult| row.try_get_by_index::<String>(0).expect("a name");
    rows.iter().map(name).collect()
}

/// Every row of every table as a line; yes and no and what is not there are the same on both
/// databases.
pub async fn dump(app: &TestApp) -> BTreeSet<String> {
    let sqlite = app.app.db.is_sqlite();
    let tables = if sqlite {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
         AND name NOT LIKE 'consultation_text%'"
    } else {
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    };
    let mut lines = BTreeSet::new();
    for table in names(app, tables).await {
        let (columns, flags) = if sqlite {
            (
                format!("SELECT name FROM pragma_table_info('{table}') ORDER BY name"),
                format!(
                    "SELECT name FROM pragma_table_info('{table}') WHERE UPPER(type) = 'BOOLEAN'"
                ),
            )
        } else {
            let of = format!("FROM information_schema.columns WHERE table_name = '{table}'");
            (
                format!("SELECT column_name {of} ORDER BY column_name"),
                format!("SELECT column_name {of} AND data_type = 'boolean'"),
            )
        };
        let flags = names(app, &flags).await;
        let parts: Vec<String> = names(app, &columns)
            .await
            .into_iter()
            .map(|column| {
                if flags.contains(&column) {
                    format!("'{column}=' || CASE WHEN \"{column}\" THEN 'yes' ELSE 'no' END")
                } else {
                    format!("'{column}=' || COALESCE(CAST(\"{column}\" AS TEXT), 'nothing')")
                }
            })
            .collect();
        let line = parts.join(" || ' | ' || ");
        for row in ask(app, &format!("SELECT {line} FROM \"{table}\"")).await {
            let line: String = row.try_get_by_index(0).expect("a line");
            lines.insert(format!("{table}: {line}"));
        }
    }
    lines
}

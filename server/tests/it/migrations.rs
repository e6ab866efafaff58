//! Every step of the schema goes up, comes down and goes up again, on both databases. Each `down`
//! leaves the schema exactly as it was before its step.
//!
//! Deliberately not here: what a step does to rows, which the tests of the slice that owns them show.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::support::database::TestDatabase;

/// One line for each table, column, index, key, trigger and view; in no order of making.
async fn schema(db: &DatabaseConnection) -> Vec<String> {
    const SQLITE: &str = "
        SELECT 'table ' || l.name || ' ' || l.type || ' rowid ' || (NOT l.wr) || ' strict ' || l.strict
            AS line FROM pragma_table_list l
            WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        UNION ALL
        SELECT 'column ' || l.name || '.' || c.name || ' ' || c.type || ' not null ' || c.\"notnull\"
            || ' default ' || COALESCE(c.dflt_value, '-') || ' key ' || c.pk || ' hidden ' || c.hidden
            FROM pragma_table_list l JOIN pragma_table_xinfo(l.name) c
            WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        UNION ALL
        SELECT 'key ' || l.name || '.' || k.\"from\" || ' -> ' || k.\"table\" || '.'
            || COALESCE(k.\"to\", 'its key') || ' on update ' || k.on_update || ' on delete ' || k.on_delete
            FROM pragma_table_list l JOIN pragma_foreign_key_list(l.name) k
            WHERE l.schema = 'main'
        UNION ALL
        SELECT 'unique ' || l.name || ' ' || i.origin || ' ' || (SELECT GROUP_CONCAT(x.name)
            FROM pragma_index_info(i.name) x)
            FROM pragma_table_list l JOIN pragma_index_list(l.name) i
            WHERE l.schema = 'main' AND i.\"unique\" AND i.origin <> 'c'
        UNION ALL
        SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master
            WHERE type <> 'table' AND sql IS NOT NULL";
    const POSTGRESQL: &str = "
        SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' null '
            || is_nullable || ' default ' || COALESCE(column_default, '-') || ' identity '
            || is_identity || ' ' || COALESCE(identity_generation, '-') AS line
            FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL
        SELECT 'index ' || indexname || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL
        SELECT 'rule ' || conrelid::regclass::text || ' ' || conname || ' '
            || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT 'relation ' || relname || ' ' || relkind::text || ' ' || COALESCE(reloptions::text, '-')
            FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT 'function ' || proname || ' ' || prosrc FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace";
    let text = match db.get_database_backend() {
        DbBackend::Postgres => POSTGRESQL,
        _ => SQLITE,
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), text))
        .await
        .expect("the schema is read");
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| row.try_get::<String>("", "line").expect("a line"))
        .filter(|line| !line.contains("seaql_migrations"))
        .collect();
    lines.sort_unstable();
    lines
}

/// What is in one of them only.
fn differ(before: &[String], after: &[String]) -> Vec<String> {
    let lost = before.iter().filter(|line| !after.contains(line));
    let left = after.iter().filter(|line| !before.contains(line));
    lost.map(|line| format!("lost: {line}"))
        .chain(left.map(|line| format!("left: {line}")))
        .collect()
}

async fn up_down_and_up_again(url: &str) {
    let db = Database::connect(url).await.expect("a connection");
    let steps: Vec<String> = Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect();
    let mut states = vec![schema(&db).await];
    assert!(states[0].is_empty(), "{:?}", states[0]);
    for step in &steps {
        Migrator::up(&db, Some(1))
            .await
            .unwrap_or_else(|error| panic!("{step} up: {error}"));
        states.push(schema(&db).await);
    }
    let whole = states.last().expect("a schema").clone();
    assert!(whole.len() > 300, "only {} lines were read", whole.len());
    for (place, step) in steps.iter().enumerate().rev() {
        Migrator::down(&db, Some(1))
            .await
            .unwrap_or_else(|error| panic!("{step} down: {error}"));
        let differs = differ(&states[place], &schema(&db).await);
        assert!(differs.is_empty(), "after {step} down: {differs:#?}");
    }
    Migrator::up(&db, None)
        .await
        .expect("every step goes up again");
    let differs = differ(&whole, &schema(&db).await);
    assert!(differs.is_empty(), "the second time: {differs:#?}");
    db.close().await.expect("closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_goes_up_and_down_and_up_again_on_sqlite() {
    let database = TestDatabase::sqlite();
    up_down_and_up_again(&format!("{}?mode=rwc", database.url())).await;
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_goes_up_and_down_and_up_again_on_postgresql() {
    let Some(database) = TestDatabase::postgresql().await else {
        return;
    };
    up_down_and_up_again(database.url()).await;
    database.remove().await;
}

//! What rows leave behind after they were put in another order, or deleted.

use std::time::Duration;

use sea_orm::sqlx::{self, Row};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, RuntimeErr, Statement};

use super::{BUSY, Db};

/// How often it is tried within one round, and how long nothing is held in between.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(50);
/// The same on PostgreSQL, where nobody waits meanwhile.
const TRIES_ON_POSTGRESQL: u32 = 60;
const BETWEEN_ON_POSTGRESQL: Duration = Duration::from_millis(250);

/// Removes what the old rows of these tables have left behind: on PostgreSQL the rows themselves, on
/// SQLite the log of writes. Nothing that is there is changed.
///
/// # Errors
/// It was not all removed, because somebody reads it, or could: to be tried again.
pub async fn remove(db: &Db, tables: &[&str]) -> Result<(), DbErr> {
    if db.is_sqlite() {
        return empty_log(db).await;
    }
    nobody_sees_old_rows(db).await?;
    for table in tables {
        let vacuum = format!("VACUUM {table}");
        db.writing().execute_unprepared(&vacuum).await?;
    }
    Ok(())
}

async fn empty_log(db: &Db) -> Result<(), DbErr> {
    for _ in 0..TRIES {
        if try_to_empty_log(db).await? {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN).await;
    }
    Err(DbErr::Custom("the log of writes is being read".to_owned()))
}

/// Empties it where nobody reads it at this moment. It waits for nobody: whoever writes would wait
/// with it.
async fn try_to_empty_log(db: &Db) -> Result<bool, DbErr> {
    let failed = |error| DbErr::Exec(RuntimeErr::SqlxError(std::sync::Arc::new(error)));
    let pool = db.writing().get_sqlite_connection_pool();
    let mut connection = pool.acquire().await.map_err(failed)?;
    let patient = format!("PRAGMA busy_timeout = {}", BUSY.as_millis());
    let tried = async {
        let on = &mut *connection;
        sqlx::query("PRAGMA busy_timeout = 0")
            .execute(&mut *on)
            .await?;
        let empty = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: i32 = sqlx::query(empty).fetch_one(&mut *on).await?.try_get(0)?;
        sqlx::query(sqlx::AssertSqlSafe(patient))
            .execute(on)
            .await?;
        Ok(busy == 0)
    };
    let tried = tried.await;
    if tried.is_err() {
        // Nobody is to write on a connection that waits for nobody.
        connection.close_on_drop();
    }
    tried.map_err(failed)
}

/// Waits until whatever began before this moment has ended: until then `VACUUM` succeeds and leaves
/// the old rows where they are, since somebody may still see them (a backup, mostly).
async fn nobody_sees_old_rows(db: &Db) -> Result<(), DbErr> {
    let ask = |text: String| async move {
        let asked = Statement::from_string(DbBackend::Postgres, text);
        let row = db.read().query_one_raw(asked).await?;
        let row = row.ok_or_else(|| DbErr::Custom("no answer".to_owned()))?;
        row.try_get_by_index::<i64>(0)
    };
    let next = "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)";
    let next = ask(next.to_owned()).await?;
    let older = |xid: &str| format!("age({xid}) > age(CAST(CAST('{next}' AS xid8) AS xid))");
    let seeing = format!(
        "SELECT (SELECT COUNT(*) FROM pg_stat_activity \
         WHERE (datname = current_database() OR datname IS NULL) AND pid <> pg_backend_pid() \
         AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum) AND ({} OR {})) \
         + (SELECT COUNT(*) FROM pg_prepared_xacts WHERE database = current_database() AND {}) \
         + (SELECT COUNT(*) FROM pg_replication_slots WHERE {})",
        older("backend_xmin"),
        older("backend_xid"),
        older("transaction"),
        older("xmin")
    );
    for _ in 0..TRIES_ON_POSTGRESQL {
        if ask(seeing.clone()).await? == 0 {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_ON_POSTGRESQL).await;
    }
    Err(DbErr::Custom(
        "somebody began before the rows were shuffled and may still see the old ones".to_owned(),
    ))
}

/// Since this version of the file of SQLite nothing that was deleted is left in a free page.
const NOTHING_FREED: i32 = 1;

/// Removes once what versions before left readable in free pages of SQLite. Where there is no room for
/// that it is tried again at the next start.
///
/// # Errors
/// The version of the file can't be read.
pub async fn remove_freed(db: &Db) -> Result<(), DbErr> {
    if !db.is_sqlite() {
        return Ok(());
    }
    let version = Statement::from_string(DbBackend::Sqlite, "PRAGMA user_version");
    let version = db.writing().query_one_raw(version).await?;
    let version = version.map(|row| row.try_get_by_index::<i32>(0));
    if version.transpose()?.unwrap_or_default() >= NOTHING_FREED {
        return Ok(());
    }
    let done = async {
        // The whole of it at once is too much for memory.
        for statement in ["PRAGMA temp_store = FILE", "VACUUM"] {
            db.writing().execute_unprepared(statement).await?;
        }
        empty_log(db).await?;
        let version = format!("PRAGMA user_version = {NOTHING_FREED}");
        db.writing().execute_unprepared(&version).await.map(drop)
    };
    if let Err(error) = done.await {
        tracing::warn!(%error, "what was deleted long ago is not overwritten yet");
    }
    let memory = "PRAGMA temp_store = MEMORY";
    db.writing().execute_unprepared(memory).await.map(drop)
}

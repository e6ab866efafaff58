//! What rows leave behind after they were put in another order.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::Db;

/// Removes what the old rows of these tables have left behind: on PostgreSQL the rows themselves, on
/// SQLite the log of writes. Nothing that is there is changed.
///
/// # Errors
/// It was not all removed, because somebody reads it: to be tried again.
pub async fn remove(db: &Db, tables: &[&str]) -> Result<(), DbErr> {
    if !db.is_sqlite() {
        for table in tables {
            let vacuum = format!("VACUUM {table}");
            db.writing().execute_unprepared(&vacuum).await?;
        }
        return Ok(());
    }
    let empty_log = "PRAGMA wal_checkpoint(TRUNCATE)";
    let statement = Statement::from_string(DbBackend::Sqlite, empty_log);
    let busy = match db.writing().query_one_raw(statement).await? {
        Some(row) => row.try_get_by_index::<i32>(0)? != 0,
        None => true,
    };
    if busy {
        return Err(DbErr::Custom("the log of writes is being read".to_owned()));
    }
    Ok(())
}

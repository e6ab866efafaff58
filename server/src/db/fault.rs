//! Which errors of the database pass by themselves: a full disk, a lost connection, a busy moment.
//! Whoever meets one is asked to come again; everything else is a fault of ours.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// Primary result codes of SQLite: busy, locked, read-only, input or output error, full.
const SQLITE: [i32; 5] = [5, 6, 8, 10, 13];

/// Classes and codes of PostgreSQL: connection, too few resources (disk, memory, connections),
/// shutting down or starting up, input or output error, read-only after a failover, two at once.
const POSTGRESQL: [&str; 9] = [
    "08", "53", "57P01", "57P02", "57P03", "58030", "25006", "40001", "40P01",
];

/// Whether the same request may succeed in a moment.
pub fn is_passing(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => sqlx_passes(error),
        _ => false,
    }
}

/// Whether two transactions waited for each other and this one was chosen to give way: run again, it
/// comes through.
pub fn is_deadlock(error: &DbErr) -> bool {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            error
                .as_database_error()
                .and_then(|error| error.code())
                .is_some_and(|code| code == "40P01")
        }
        _ => false,
    }
}

fn sqlx_passes(error: &SqlxError) -> bool {
    match error {
        SqlxError::Io(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => true,
        SqlxError::Database(error) => error.code().is_some_and(|code| code_passes(&code)),
        _ => false,
    }
}

/// A code of SQLite is a number in which the lowest byte is the primary one; those of PostgreSQL
/// have five characters.
fn code_passes(code: &str) -> bool {
    if code.len() == 5 {
        return POSTGRESQL.iter().any(|known| code.starts_with(known));
    }
    code.parse::<i32>()
        .is_ok_and(|code| SQLITE.contains(&(code & 0xff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_passes_and_a_broken_rule_does_not() {
        for passing in [
            "13", "778", "1034", "5", "517", "53100", "08006", "57P01", "40P01",
        ] {
            assert!(code_passes(passing), "{passing}");
        }
        for fault in ["1", "19", "787", "2067", "23505", "42P01", "", "57014"] {
            assert!(!code_passes(fault), "{fault}");
        }
    }
}

//! The group-commit writer.

use crate::db::Db;

/// Gathers what waits and commits it as one transaction.
#[derive(Clone, Debug)]
pub struct Writer {
    db: Db,
}

impl Writer {
    /// Starts it.
    pub fn start(db: Db) -> Self {
        Self { db }
    }

    /// The database it writes to.
    pub fn db(&self) -> &Db {
        &self.db
    }
}

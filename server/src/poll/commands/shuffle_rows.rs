//! Laying the electors and the ballots of a poll anew, so that where a row lies and which
//! transaction wrote it tell nothing of the order in which people voted.
//!
//! SQLite keeps ballots by their hash, but within a page by the order of writing; PostgreSQL keeps
//! rows in the order of writing, each with the number of its transaction. Both are lost here.
//! Deliberately not here: what a database server keeps elsewhere (its log of writes, copies of it).

use std::collections::BTreeSet;
use std::sync::Mutex;

use domain::ids::PollId;
use entity::poll;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, QuerySelect};

use crate::App;
use crate::db::Tx;

/// The polls with papers that were issued or cast since they were last laid anew.
#[derive(Debug, Default)]
pub struct PendingShuffles(Mutex<BTreeSet<i64>>);

impl PendingShuffles {
    pub(super) fn add(&self, poll: PollId) {
        if let Ok(mut polls) = self.0.lock() {
            polls.insert(poll.0);
        }
    }

    fn take(&self) -> Vec<i64> {
        self.0
            .lock()
            .map(|mut polls| std::mem::take(&mut *polls))
            .unwrap_or_default()
            .into_iter()
            .collect()
    }
}

/// Lays anew what was written since the last time; everything when the server starts, as it does
/// not know what came before. Returns how many polls.
///
/// # Errors
/// Those of the database.
pub async fn shuffle_rows(app: &App, at_start: bool) -> Result<usize, DbErr> {
    let mut polls = app.pending_shuffles.take();
    if at_start {
        polls = poll::Entity::find()
            .select_only()
            .column(poll::Column::Id)
            .into_tuple()
            .all(app.db.read())
            .await?;
    }
    for poll in &polls {
        let tx = app.db.begin().await?;
        shuffle_poll(&tx, PollId(*poll)).await?;
        tx.commit().await?;
    }
    if !polls.is_empty() {
        // What the old rows left behind goes too.
        let clear: &[&str] = if app.db.is_sqlite() {
            &["PRAGMA wal_checkpoint(TRUNCATE)"]
        } else {
            &["VACUUM poll_elector", "VACUUM poll_ballot"]
        };
        for statement in clear {
            app.db.writing().execute_unprepared(statement).await?;
        }
    }
    Ok(polls.len())
}

/// The same for one poll within a transaction.
///
/// # Errors
/// Those of the database.
pub async fn shuffle_poll(tx: &Tx, poll: PollId) -> Result<(), DbErr> {
    // Whoever issues or casts holds this row shared.
    if poll::Entity::find_by_id(poll.0)
        .lock_exclusive()
        .one(tx)
        .await?
        .is_none()
    {
        return Ok(());
    }
    for (table, key) in [("poll_ballot", "code_hash"), ("poll_elector", "id")] {
        let statements = if tx.get_database_backend() == DbBackend::Postgres {
            vec![format!(
                "WITH gone AS (DELETE FROM {table} WHERE poll_id = {poll} RETURNING *) \
                 INSERT INTO {table} SELECT * FROM gone ORDER BY random()"
            )]
        } else {
            vec![
                format!("CREATE TEMP TABLE laid AS SELECT * FROM {table} WHERE poll_id = {poll}"),
                format!("DELETE FROM {table} WHERE poll_id = {poll}"),
                format!("INSERT INTO {table} SELECT * FROM laid ORDER BY {key}"),
                "DROP TABLE laid".to_owned(),
            ]
        };
        for statement in statements {
            tx.execute_unprepared(&statement).await?;
        }
    }
    Ok(())
}

//! Putting the electors and the ballots of a poll in another order, so that where a row lies and
//! which transaction wrote it say nothing of the order in which people voted.
//!
//! SQLite keeps ballots by their hash, but within a page by the order of writing; PostgreSQL keeps
//! rows in the order of writing, each with the number of its transaction. Both are lost here.
//! Deliberately not here: what a database server keeps elsewhere (its log of writes, copies of it).

use domain::ids::PollId;
use entity::poll;
use sea_orm::sea_query::LockType;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, QuerySelect};

use crate::db::Tx;
use crate::granted::{Granted, Locked};

/// Every poll.
pub async fn polls(db: &impl ConnectionTrait) -> Result<Vec<PollId>, DbErr> {
    Ok(poll::Entity::find()
        .select_only()
        .column(poll::Column::Id)
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .map(PollId)
        .collect())
}

/// Locks a poll until the transaction ends. Whoever issues or casts holds its row shared.
pub async fn lock(tx: &Tx, poll: PollId) -> Result<Option<Locked<PollId>>, DbErr> {
    Ok(poll::Entity::find_by_id(poll.0)
        .select_only()
        .column(poll::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .one(tx)
        .await?
        .map(|id| Locked::new(PollId(id))))
}

/// Shuffles the rows of a poll that this transaction has locked, by itself or behind its
/// consultation.
pub async fn shuffle<Root>(granted: &Granted<'_, Root>, poll: PollId) -> Result<(), DbErr> {
    let tx = granted.tx();
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

/// The tables that are shuffled.
pub const TABLES: [&str; 2] = ["poll_elector", "poll_ballot"];

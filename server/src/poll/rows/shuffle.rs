//! Putting the electors and the ballots of a poll in another order, so that where a row lies and
//! which transaction wrote it say nothing of the order in which people voted.
//!
//! SQLite keeps ballots by their hash, but within a page by the order of writing; PostgreSQL keeps
//! rows in the order of writing, each with the number of its transaction. Both are lost here: on
//! PostgreSQL of all rows at once, by chance; on SQLite, where there is one writer, of so many at a time
//! in the order of their keys, which ends the same, since each lies among its neighbours.
//! Deliberately not here: what a database server keeps elsewhere (its log of writes, copies of it).

use domain::ids::PollId;
use entity::poll;
use sea_orm::sea_query::LockType;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, QuerySelect, Statement, Value};

use crate::db::{Tx, random_id, sql};
use crate::granted::{Granted, Locked};
use crate::secret::RANDOM_IDS;

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

/// The tables that are shuffled, each with its key.
const KEYED: [(&str, &str); 2] = [("poll_ballot", "code_hash"), ("poll_elector", "id")];

/// The tables that are shuffled.
pub const TABLES: [&str; 2] = ["poll_elector", "poll_ballot"];

/// The most rows that are written at once on SQLite: whoever votes waits for them, and not for more than
/// 50 ms.
const AT_ONCE: u64 = 1_000;

/// How far the rows of a poll are shuffled.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Which of the tables is next.
    table: usize,
    /// The key up to which its rows are done.
    after: Option<Value>,
}

/// Shuffles the rows of a poll from this place on, as many as may be written at once, and says where to
/// go on; nowhere, once all are shuffled. The poll is locked by this transaction.
pub async fn shuffle<Root>(
    granted: &Granted<'_, Root>,
    poll: PollId,
    from: Place,
) -> Result<Option<Place>, DbErr> {
    if granted.tx().get_database_backend() == DbBackend::Postgres {
        shuffle_whole(granted, poll).await?;
        return Ok(None);
    }
    let begins = from.table == 0 && from.after.is_none();
    if begins && forget(granted, poll, Some(AT_ONCE)).await? >= AT_ONCE {
        return Ok(Some(from));
    }
    let Some((table, key)) = KEYED.get(from.table) else {
        return Ok(None);
    };
    let after = lay(granted.tx(), poll, (table, key), from.after).await?;
    let table = from.table + usize::from(after.is_none());
    Ok((table < KEYED.len()).then_some(Place { table, after }))
}

/// Shuffles all the rows of a poll at once, on PostgreSQL. The poll is locked by this transaction, by
/// itself or behind its consultation.
pub async fn shuffle_whole<Root>(granted: &Granted<'_, Root>, poll: PollId) -> Result<(), DbErr> {
    forget(granted, poll, None).await?;
    for (table, _) in KEYED {
        let statement = format!(
            "WITH gone AS (DELETE FROM {table} WHERE poll_id = {poll} RETURNING *) \
             INSERT INTO {table} SELECT * FROM gone ORDER BY random()"
        );
        granted.tx().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Lays the next rows of a table in the order of their keys, and returns the last key if there may be
/// more.
async fn lay(
    tx: &Tx,
    poll: PollId,
    (table, key): (&str, &str),
    after: Option<Value>,
) -> Result<Option<Value>, DbErr> {
    let (beyond, values) = match after {
        Some(after) => (format!("AND {key} > ?"), vec![Value::from(poll.0), after]),
        None => (String::new(), vec![Value::from(poll.0)]),
    };
    let make = format!("CREATE TEMP TABLE laid AS SELECT * FROM {table} WHERE FALSE");
    tx.execute_unprepared(&make).await?;
    let take = format!(
        "INSERT INTO laid SELECT * FROM {table} WHERE poll_id = ? {beyond} \
         ORDER BY {key} LIMIT {AT_ONCE}"
    );
    let backend = tx.get_database_backend();
    let taken = tx.execute_raw(sql(backend, &take, values)).await?;
    let taken = taken.rows_affected();
    for statement in [
        format!("DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM laid) AND poll_id = {poll}"),
        format!("INSERT INTO {table} SELECT * FROM laid ORDER BY {key}"),
    ] {
        tx.execute_unprepared(&statement).await?;
    }
    let last = Statement::from_string(backend, format!("SELECT MAX({key}) FROM laid"));
    let last = tx.query_one_raw(last).await?;
    tx.execute_unprepared("DROP TABLE laid").await?;
    let Some(last) = last.filter(|_| taken >= AT_ONCE) else {
        return Ok(None);
    };
    Ok(Some(if key == "id" {
        last.try_get_by_index::<i64>(0)?.into()
    } else {
        last.try_get_by_index::<String>(0)?.into()
    }))
}

/// Takes away what a server of the version before has written: where ballots came from, and the numbers
/// that counted up of electors who asked for a link. Those of a register stand in the order of its file.
/// At most so many of each; says of how many rows.
async fn forget<Root>(
    granted: &Granted<'_, Root>,
    poll: PollId,
    most: Option<u64>,
) -> Result<u64, DbErr> {
    let tx = granted.tx();
    let chance = random_id(tx.get_database_backend());
    let most = most.map_or(String::new(), |most| format!("LIMIT {most}"));
    let mut forgotten = 0;
    for statement in [
        format!(
            "UPDATE poll_ballot SET source = NULL WHERE poll_id = {poll} AND code_hash IN \
             (SELECT code_hash FROM poll_ballot WHERE poll_id = {poll} AND source IS NOT NULL {most})"
        ),
        format!(
            "UPDATE poll_elector SET id = {chance} WHERE id IN (SELECT id FROM poll_elector \
             WHERE poll_id = {poll} AND name IS NULL AND id < {RANDOM_IDS} {most})"
        ),
    ] {
        forgotten += tx.execute_unprepared(&statement).await?.rows_affected();
    }
    Ok(forgotten)
}

//! Counting everything again from the stored rows, by SQL alone: the kept counts must agree.
//!
//! Deliberately another way than [`tally::add`]: a mistake there would otherwise hide itself.

use std::collections::BTreeMap;

use domain::calendar::uk_day;
use domain::response::answer::OTHER;
use domain::response::tally::{self, Key};
use entity::tally as kept;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryResult};

use crate::db::{Tx, moment, sql};
use crate::granted::{Granted, Locked};
use crate::response::rows::batch::add_counts;

/// Counts by consultation.
pub type Counts = BTreeMap<i64, BTreeMap<Key, i64>>;

const HOUR_MILLIS: i64 = 3_600_000;

/// Every kept count.
#[derive(Debug)]
pub struct AllCounts;

/// Locks every kept count until the transaction ends. On PostgreSQL it waits for writers that have
/// added to one, and makes later ones wait; on SQLite the transaction itself does.
pub async fn lock(tx: &Tx) -> Result<Locked<AllCounts>, DbErr> {
    if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
        tx.execute_unprepared("LOCK TABLE tally IN EXCLUSIVE MODE")
            .await?;
    }
    Ok(Locked::new(AllCounts))
}

/// Writes every count again from the rows and returns how many there are.
pub async fn rewrite(granted: &Granted<'_, AllCounts>) -> Result<usize, DbErr> {
    let tx = granted.tx();
    let counts = count(tx.inner()).await?;
    let number = counts.values().map(BTreeMap::len).sum();
    kept::Entity::delete_many().exec(tx).await?;
    add_counts(granted, counts).await?;
    Ok(number)
}

async fn read(tx: &DatabaseTransaction, text: &str) -> Result<Vec<QueryResult>, DbErr> {
    let none: [i64; 0] = [];
    tx.query_all_raw(sql(tx.get_database_backend(), text, none))
        .await
}

/// Counts everything again.
pub async fn count(tx: &DatabaseTransaction) -> Result<Counts, DbErr> {
    let mut counts = Counts::new();
    let mut add = |consultation: i64, question: i64, dimension, key: String, count: i64| {
        *counts
            .entry(consultation)
            .or_default()
            .entry((question, dimension, key))
            .or_default() += count;
    };
    // The United Kingdom's days begin at a whole hour UTC, so an hour lies in one day.
    let whole = format!(
        "SELECT consultation_id, channel, area_id, submitted_at / {HOUR_MILLIS} AS hour_of, \
         COUNT(*) AS n FROM response GROUP BY consultation_id, channel, area_id, \
         submitted_at / {HOUR_MILLIS}"
    );
    for row in read(tx, &whole).await? {
        let on: i64 = row.try_get_by_index(0)?;
        let channel: String = row.try_get_by_index(1)?;
        let area: Option<i64> = row.try_get_by_index(2)?;
        let hour: i64 = row.try_get_by_index(3)?;
        let n: i64 = row.try_get_by_index(4)?;
        let day = uk_day(moment(hour * HOUR_MILLIS)?);
        add(on, 0, tally::TOTAL, tally::ALL.to_owned(), n);
        add(on, 0, tally::DAY, day.to_string(), n);
        add(on, 0, tally::CHANNEL, channel, n);
        let ward = area.map_or_else(|| tally::NOT_SAID.to_owned(), |id| id.to_string());
        add(on, 0, tally::WARD, ward, n);
    }
    let answered = "SELECT q.consultation_id, a.question_id, COUNT(DISTINCT a.response_id) AS n \
        FROM answer a JOIN question q ON q.id = a.question_id \
        GROUP BY q.consultation_id, a.question_id";
    for row in read(tx, answered).await? {
        let (on, question): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let key = tally::ALL.to_owned();
        add(on, question, tally::ANSWERED, key, row.try_get_by_index(2)?);
    }
    let chosen = "SELECT q.consultation_id, a.question_id, CAST(a.choice AS BIGINT) AS choice, \
        COUNT(*) AS n FROM answer a JOIN question q ON q.id = a.question_id \
        WHERE a.choice IS NOT NULL GROUP BY q.consultation_id, a.question_id, a.choice";
    let numbers = "SELECT q.consultation_id, a.question_id, a.number, COUNT(*) AS n \
        FROM answer a JOIN question q ON q.id = a.question_id \
        WHERE a.number IS NOT NULL GROUP BY q.consultation_id, a.question_id, a.number";
    for (dimension, text) in [(tally::CHOICE, chosen), (tally::NUMBER, numbers)] {
        for row in read(tx, text).await? {
            let (on, question): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let key = row.try_get_by_index::<i64>(2)?.to_string();
            add(on, question, dimension, key, row.try_get_by_index(3)?);
        }
    }
    let other = "SELECT q.consultation_id, a.question_id, COUNT(*) AS n \
        FROM answer a JOIN question q ON q.id = a.question_id \
        WHERE a.text IS NOT NULL AND q.kind IN ('single-choice', 'multiple-choice') \
        GROUP BY q.consultation_id, a.question_id";
    for row in read(tx, other).await? {
        let (on, question): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let key = OTHER.to_owned();
        add(on, question, tally::CHOICE, key, row.try_get_by_index(2)?);
    }
    let texts = "SELECT q.consultation_id, a.question_id, a.text_state, COUNT(*) AS n \
        FROM answer a JOIN question q ON q.id = a.question_id \
        WHERE a.text IS NOT NULL GROUP BY q.consultation_id, a.question_id, a.text_state";
    for row in read(tx, texts).await? {
        let (on, question): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let state: String = row.try_get_by_index(2)?;
        add(on, question, tally::TEXT, state, row.try_get_by_index(3)?);
    }
    Ok(counts)
}

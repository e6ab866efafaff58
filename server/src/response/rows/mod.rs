//! Submissions as rows: on SQLite many to a statement, in a few fixed sizes so that each is prepared
//! once; on PostgreSQL one statement for all.
//!
//! Invariant: rows and tallies of a batch are written in the transaction given, or not at all.

pub mod counts;
pub mod left;
pub mod moderation;
mod postgresql;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use domain::response::{Answer, Submission, tally};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Value};

use crate::db::sql;

/// A submission with its key.
#[derive(Clone, Debug)]
pub struct Keyed {
    /// What is stored of the idempotency key.
    pub key: String,
    /// What is stored of the receipt code.
    pub receipt_hash: String,
    /// The response.
    pub submission: Submission,
}

/// An `INSERT` of one table in fixed numbers of rows.
struct Insert {
    sizes: &'static [usize],
    texts: Vec<String>,
    columns: usize,
}

impl Insert {
    fn new(head: &str, columns: usize, tail: &str, sizes: &'static [usize]) -> Self {
        let row = format!("({})", vec!["?"; columns].join(","));
        let texts = sizes
            .iter()
            .map(|size| {
                format!(
                    "{head} VALUES {}{tail}",
                    vec![row.as_str(); *size].join(",")
                )
            })
            .collect();
        Self {
            sizes,
            texts,
            columns,
        }
    }

    /// Cuts `values` into statements, largest first.
    fn statements(
        &self,
        backend: DbBackend,
        values: Vec<Value>,
    ) -> impl Iterator<Item = sea_orm::Statement> {
        let mut values = values.into_iter();
        std::iter::from_fn(move || {
            let rows = values.len() / self.columns;
            let (size, text) = self
                .sizes
                .iter()
                .zip(&self.texts)
                .find(|(size, _)| **size <= rows)?;
            let part: Vec<Value> = values.by_ref().take(size * self.columns).collect();
            Some(sql(backend, text, part))
        })
    }
}

static RESPONSES: LazyLock<Insert> = LazyLock::new(|| {
    Insert::new(
        "INSERT INTO response (consultation_id, idempotency_key, receipt_hash, channel, area_id, \
         publication, submitted_at, invented)",
        8,
        " ON CONFLICT (idempotency_key) DO NOTHING RETURNING id, idempotency_key",
        &[256, 64, 32, 16, 8, 4, 2, 1],
    )
});

static RESPONDENTS: LazyLock<Insert> = LazyLock::new(|| {
    Insert::new(
        "INSERT INTO respondent (response_id, name, organisation, email)",
        4,
        "",
        &[64, 16, 4, 1],
    )
});

static ANSWERS: LazyLock<Insert> = LazyLock::new(|| {
    Insert::new(
        "INSERT INTO answer (response_id, question_id, choice, number, text, text_state)",
        6,
        "",
        &[1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1],
    )
});

static TALLIES: LazyLock<Insert> = LazyLock::new(|| {
    Insert::new(
        "INSERT INTO tally (consultation_id, question_id, dimension, \"key\", \"count\")",
        5,
        " ON CONFLICT (consultation_id, question_id, dimension, \"key\") DO UPDATE SET \
         \"count\" = tally.\"count\" + excluded.\"count\"",
        &[256, 64, 32, 16, 8, 4, 2, 1],
    )
});

/// Writes a batch and says of each, in order, whether it is new; a key that is there already, or
/// earlier in the batch, is not.
///
/// # Errors
/// Those of the database; the transaction is then to be rolled back.
pub async fn write(tx: &DatabaseTransaction, batch: &[&Keyed]) -> Result<Vec<bool>, DbErr> {
    let backend = tx.get_database_backend();
    let mut keys = HashSet::with_capacity(batch.len());
    let (places, first): (Vec<usize>, Vec<&Keyed>) = batch
        .iter()
        .enumerate()
        .filter(|(_, keyed)| keys.insert(keyed.key.as_str()))
        .unzip();
    let new = if backend == DbBackend::Postgres {
        postgresql::insert(tx, &first).await?
    } else {
        insert(tx, backend, &first).await?
    };
    let mut counts: BTreeMap<i64, BTreeMap<tally::Key, i64>> = BTreeMap::new();
    let mut fresh = vec![false; batch.len()];
    for place in new {
        if let (Some(keyed), Some(is_new)) = (
            first.get(place),
            places.get(place).and_then(|at| fresh.get_mut(*at)),
        ) {
            *is_new = true;
            let one = &keyed.submission;
            tally::add(
                counts.entry(one.consultation.0).or_default(),
                one,
                tally::uk_day(one.at),
            );
        }
    }
    // Counts come last and in the order of their keys: on PostgreSQL their rows stay locked from
    // here to the commit, and two processes take them in the same order.
    add_counts(tx, backend, counts).await?;
    Ok(fresh)
}

/// Inserts the batch but its counts, and says which of it, by place, are new.
async fn insert(
    tx: &DatabaseTransaction,
    backend: DbBackend,
    batch: &[&Keyed],
) -> Result<Vec<usize>, DbErr> {
    let mut ids = insert_responses(tx, backend, batch).await?;
    let (mut respondents, mut answers) = (Vec::new(), Vec::new());
    let mut new = Vec::with_capacity(batch.len());
    for (place, keyed) in batch.iter().enumerate() {
        let Some(id) = ids.remove(&keyed.key) else {
            continue;
        };
        new.push(place);
        let one = &keyed.submission;
        if !one.respondent.is_silent() {
            respondents.extend([
                id.into(),
                one.respondent.name.clone().into(),
                one.respondent.organisation.clone().into(),
                one.respondent.email.clone().into(),
            ]);
        }
        for (question, answer) in &one.answers {
            answer_rows(answer, |choice, number, text, state| {
                answers.extend::<[Value; 6]>([
                    id.into(),
                    question.0.into(),
                    choice.into(),
                    number.into(),
                    text.map(str::to_owned).into(),
                    state.into(),
                ]);
            });
        }
    }
    for statement in RESPONDENTS.statements(backend, respondents) {
        tx.execute_raw(statement).await?;
    }
    for statement in ANSWERS.statements(backend, answers) {
        tx.execute_raw(statement).await?;
    }
    Ok(new)
}

async fn insert_responses(
    tx: &DatabaseTransaction,
    backend: DbBackend,
    batch: &[&Keyed],
) -> Result<HashMap<String, i64>, DbErr> {
    let mut values = Vec::with_capacity(batch.len() * 8);
    for keyed in batch {
        let one = &keyed.submission;
        values.extend::<[Value; 8]>([
            one.consultation.0.into(),
            keyed.key.clone().into(),
            keyed.receipt_hash.clone().into(),
            one.channel.code().into(),
            one.area.map(|area| area.0).into(),
            one.publication.code().into(),
            one.at.as_millisecond().into(),
            one.invented.into(),
        ]);
    }
    let mut ids = HashMap::with_capacity(batch.len());
    for statement in RESPONSES.statements(backend, values) {
        for row in tx.query_all_raw(statement).await? {
            ids.insert(row.try_get_by_index(1)?, row.try_get_by_index(0)?);
        }
    }
    Ok(ids)
}

/// Calls `row` with choice, number, text and state of each row of an answer.
fn answer_rows(
    answer: &Answer,
    mut row: impl FnMut(Option<i32>, Option<i64>, Option<&str>, &'static str),
) {
    match answer {
        // Free text waits for a moderator; there is nothing to moderate in the rest.
        Answer::Text(text) => row(None, None, Some(text), "held"),
        Answer::Number(number) => row(None, Some(*number), None, "none"),
        Answer::Choices { items, other } => {
            for item in items {
                row(i32::try_from(*item).ok(), None, None, "none");
            }
            if let Some(words) = other {
                row(None, None, Some(words), "held");
            }
        }
    }
}

/// Adds to the kept counts.
pub async fn add_counts(
    tx: &DatabaseTransaction,
    backend: DbBackend,
    counts: BTreeMap<i64, BTreeMap<tally::Key, i64>>,
) -> Result<(), DbErr> {
    if backend == DbBackend::Postgres {
        return postgresql::add_counts(tx, counts).await;
    }
    let mut values: Vec<Value> = Vec::new();
    for (consultation, counts) in counts {
        for ((question, dimension, key), count) in counts {
            values.extend::<[Value; 5]>([
                consultation.into(),
                question.into(),
                dimension.into(),
                key.into(),
                count.into(),
            ]);
        }
    }
    for statement in TALLIES.statements(backend, values) {
        tx.execute_raw(statement).await?;
    }
    Ok(())
}

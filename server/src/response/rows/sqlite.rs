//! A batch on SQLite: many rows to a statement, in a few fixed sizes so that each is prepared once.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use domain::response::tally;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use crate::db::sql;
use crate::granted::Permitted;
use crate::response::rows::keyed::{KeyedSubmission, answer_rows};

const BACKEND: DbBackend = DbBackend::Sqlite;

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
    fn statements(&self, values: Vec<Value>) -> impl Iterator<Item = sea_orm::Statement> {
        let mut values = values.into_iter();
        std::iter::from_fn(move || {
            let rows = values.len() / self.columns;
            let (size, text) = self
                .sizes
                .iter()
                .zip(&self.texts)
                .find(|(size, _)| **size <= rows)?;
            let part: Vec<Value> = values.by_ref().take(size * self.columns).collect();
            Some(sql(BACKEND, text, part))
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

/// Inserts the batch but its counts, and says which of it, by place, are new.
pub(super) async fn insert(
    by: &impl Permitted,
    batch: &[&KeyedSubmission],
) -> Result<Vec<usize>, DbErr> {
    let tx = by.connection();
    let mut ids = insert_responses(tx, batch).await?;
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
    for statement in RESPONDENTS.statements(respondents) {
        tx.execute_raw(statement).await?;
    }
    for statement in ANSWERS.statements(answers) {
        tx.execute_raw(statement).await?;
    }
    Ok(new)
}

async fn insert_responses(
    tx: &impl ConnectionTrait,
    batch: &[&KeyedSubmission],
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
    for statement in RESPONSES.statements(values) {
        for row in tx.query_all_raw(statement).await? {
            ids.insert(row.try_get_by_index(1)?, row.try_get_by_index(0)?);
        }
    }
    Ok(ids)
}

/// Adds to the kept counts, in the order of their keys.
pub(super) async fn add_counts(
    by: &impl Permitted,
    counts: BTreeMap<i64, BTreeMap<tally::Key, i64>>,
) -> Result<(), DbErr> {
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
    for statement in TALLIES.statements(values) {
        by.connection().execute_raw(statement).await?;
    }
    Ok(())
}

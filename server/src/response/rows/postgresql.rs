//! A batch on PostgreSQL: one statement for the responses with all that belongs to them.
//!
//! Rows travel as JSON, so that a batch of any size is the same prepared statement and one round
//! trip. Invariant: as for a batch on SQLite; `batch` names no key twice.

use domain::response::tally;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::granted::Permitted;
use crate::response::rows::keyed::{KeyedSubmission, answer_rows};

const RESPONSES: &str = "\
WITH given AS (
  SELECT * FROM json_to_recordset($1::json) AS given (
    n INTEGER, consultation_id BIGINT, idempotency_key TEXT, receipt_hash TEXT, channel TEXT,
    area_id BIGINT, publication TEXT, submitted_at BIGINT, invented BOOLEAN)
), fresh AS (
  INSERT INTO response (consultation_id, idempotency_key, receipt_hash, channel, area_id,
    publication, submitted_at, invented)
  SELECT consultation_id, idempotency_key, receipt_hash, channel, area_id, publication,
    submitted_at, invented FROM given
  ON CONFLICT (idempotency_key) DO NOTHING RETURNING id, idempotency_key
), known AS (
  SELECT fresh.id, given.n FROM fresh JOIN given USING (idempotency_key)
), respondents AS (
  INSERT INTO respondent (response_id, name, organisation, email)
  SELECT known.id, own.name, own.organisation, own.email
  FROM json_to_recordset($2::json) AS own (n INTEGER, name TEXT, organisation TEXT, email TEXT)
  JOIN known USING (n)
), answers AS (
  INSERT INTO answer (response_id, question_id, choice, number, text, text_state)
  SELECT known.id, own.q, own.c, own.v, own.t, own.s
  FROM json_to_recordset($3::json) AS own (
    o INTEGER, n INTEGER, q BIGINT, c INTEGER, v BIGINT, t TEXT, s TEXT)
  JOIN known USING (n) ORDER BY own.o
)
SELECT n FROM known";

const TALLIES: &str = "\
INSERT INTO tally (consultation_id, question_id, dimension, \"key\", \"count\")
SELECT * FROM json_to_recordset($1::json) AS given (
  c BIGINT, q BIGINT, d TEXT, k TEXT, n BIGINT)
ON CONFLICT (consultation_id, question_id, dimension, \"key\")
DO UPDATE SET \"count\" = tally.\"count\" + excluded.\"count\"";

fn statement(text: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    let values = values.into_iter().map(|value| value.to_string().into());
    Statement::from_sql_and_values(DbBackend::Postgres, text, values.collect::<Vec<_>>())
}

/// Writes the batch but its counts, and says which of it, by place, are new.
pub(super) async fn insert(
    by: &impl Permitted,
    batch: &[&KeyedSubmission],
) -> Result<Vec<usize>, DbErr> {
    let (mut responses, mut respondents, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    for (n, keyed) in batch.iter().enumerate() {
        let one = &keyed.submission;
        responses.push(json!({
            "n": n,
            "consultation_id": one.consultation.0,
            "idempotency_key": keyed.key,
            "receipt_hash": keyed.receipt_hash,
            "channel": one.channel.code(),
            "area_id": one.area.map(|area| area.0),
            "publication": one.publication.code(),
            "submitted_at": one.at.as_millisecond(),
            "invented": one.invented,
        }));
        let who = &one.respondent;
        if !who.is_silent() {
            respondents.push(json!({
                "n": n,
                "name": who.name,
                "organisation": who.organisation,
                "email": who.email,
            }));
        }
        for (question, answer) in &one.answers {
            answer_rows(answer, |choice, number, text, state| {
                answers.push(json!({
                    "o": answers.len(),
                    "n": n,
                    "q": question.0,
                    "c": choice,
                    "v": number,
                    "t": text,
                    "s": state,
                }));
            });
        }
    }
    let given = [responses, respondents, answers].map(Value::Array);
    by.connection()
        .query_all_raw(statement(RESPONSES, given))
        .await?
        .into_iter()
        .map(|row| {
            let place: i32 = row.try_get_by_index(0)?;
            usize::try_from(place).map_err(|error| DbErr::Custom(error.to_string()))
        })
        .collect()
}

/// Adds to the kept counts, in the order of their keys.
pub(super) async fn add_counts(
    by: &impl Permitted,
    counts: BTreeMap<i64, BTreeMap<tally::Key, i64>>,
) -> Result<(), DbErr> {
    let rows: Vec<Value> = counts
        .into_iter()
        .flat_map(|(consultation, counts)| {
            counts.into_iter().map(
                move |((q, d, k), n)| json!({ "c": consultation, "q": q, "d": d, "k": k, "n": n }),
            )
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    by.connection()
        .execute_raw(statement(TALLIES, [Value::Array(rows)]))
        .await
        .map(drop)
}

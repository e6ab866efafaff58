//! Every response to one consultation as CSV or JSON, a thousand at a time.
//!
//! One row a response; a choice and its free text in columns of their own; no name, organisation
//! or email address. Invariant: free text leaves only once a moderator has approved it, and each
//! text's column has its state beside it, so the shape never changes. Memory does not grow with
//! the number of responses.

mod lines;

use std::collections::HashMap;

use domain::consultation::{Consultation, Question, QuestionKind};
use domain::council::Area;
use domain::ids::AreaId;
use domain::response::ExportFormat;
use entity::{answer, response};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::council::rows::areas;

/// How many responses are read at a time.
const AT_A_TIME: u64 = 1_000;

/// Where a page ends: the moment and the id of its last response.
type Place = (i64, i64);

enum Part {
    Head,
    Rows { after: Place, count: u64 },
    Done,
}

/// An export on its way.
pub struct Export {
    db: DatabaseConnection,
    consultation: Consultation,
    questions: Vec<Question>,
    areas: HashMap<AreaId, Area>,
    format: ExportFormat,
    part: Part,
}

/// One stored answer, as read.
struct ExportedAnswer {
    question: i64,
    choice: Option<i32>,
    number: Option<i64>,
    text: Option<String>,
    state: String,
}

/// One stored response, as read; who sent it is never read.
struct ExportedResponse {
    id: i64,
    channel: String,
    area: Option<AreaId>,
    publication: String,
    at: i64,
}

impl Export {
    /// Prepares it.
    pub async fn new(
        db: &DatabaseConnection,
        consultation: Consultation,
        format: ExportFormat,
    ) -> Result<Self, DbErr> {
        let mut questions = crate::consultation::rows::questions(db, consultation.id).await?;
        questions.retain(|question| question.kind != QuestionKind::StatementBlock);
        Ok(Self {
            db: db.clone(),
            consultation,
            questions,
            areas: areas::by_id(db).await?,
            format,
            part: Part::Head,
        })
    }

    /// The next bytes; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, DbErr> {
        match self.part {
            Part::Head => {
                self.part = Part::Rows {
                    after: (-1, 0),
                    count: 0,
                };
                self.head().map(Some)
            }
            Part::Rows { after, count } => {
                let rows = responses(&self.db, self.consultation.id.0, after).await?;
                let Some(last) = rows.last().map(|row| (row.at, row.id)) else {
                    self.part = Part::Done;
                    return Ok(Some(match self.format {
                        ExportFormat::Csv => Vec::new(),
                        ExportFormat::Json => b"\n]}\n".to_vec(),
                    }));
                };
                self.part = Part::Rows {
                    after: last,
                    count: count + rows.len() as u64,
                };
                let ids = rows.iter().map(|row| row.id).collect();
                let mut answers = answers(&self.db, ids).await?;
                let mut out = Vec::with_capacity(256 * 1024);
                let mut number = count;
                for row in rows {
                    number += 1;
                    let held = answers.remove(&row.id).unwrap_or_default();
                    match self.format {
                        ExportFormat::Csv => self.csv_row(&mut out, number, &row, &held)?,
                        ExportFormat::Json => self.json_row(&mut out, number, &row, &held)?,
                    }
                }
                Ok(Some(out))
            }
            Part::Done => Ok(None),
        }
    }
}

/// The next page of the responses to a consultation, in the order in which they came: as its index has
/// them, so that a page reads no more than it shows and sorts nothing.
fn page(consultation: i64, (at, id): Place) -> Select<response::Entity> {
    response::Entity::find()
        .select_only()
        .columns([
            response::Column::Id,
            response::Column::Channel,
            response::Column::AreaId,
            response::Column::Publication,
            response::Column::SubmittedAt,
        ])
        .filter(response::Column::ConsultationId.eq(consultation))
        .filter(Expr::cust(format!("(submitted_at, id) > ({at}, {id})")))
        .order_by_asc(response::Column::SubmittedAt)
        .order_by_asc(response::Column::Id)
        .limit(AT_A_TIME)
}

async fn responses(
    db: &impl ConnectionTrait,
    consultation: i64,
    after: Place,
) -> Result<Vec<ExportedResponse>, DbErr> {
    type Columns = (i64, String, Option<i64>, String, i64);
    Ok(page(consultation, after)
        .into_tuple::<Columns>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, channel, area, publication, at)| ExportedResponse {
            id,
            channel,
            area: area.map(AreaId),
            publication,
            at,
        })
        .collect())
}

async fn answers(
    db: &impl ConnectionTrait,
    of: Vec<i64>,
) -> Result<HashMap<i64, Vec<ExportedAnswer>>, DbErr> {
    type Columns = (i64, i64, Option<i32>, Option<i64>, Option<String>, String);
    let mut found: HashMap<i64, Vec<ExportedAnswer>> = HashMap::with_capacity(of.len());
    for (response, question, choice, number, text, state) in answer::Entity::find()
        .select_only()
        .columns([
            answer::Column::ResponseId,
            answer::Column::QuestionId,
            answer::Column::Choice,
            answer::Column::Number,
            answer::Column::Text,
            answer::Column::TextState,
        ])
        .filter(answer::Column::ResponseId.is_in(of))
        .into_tuple::<Columns>()
        .all(db)
        .await?
    {
        found.entry(response).or_default().push(ExportedAnswer {
            question,
            choice,
            number,
            text,
            state,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait};

    use super::*;
    use crate::db::{Db, migrate};

    #[tokio::test]
    async fn a_page_reads_what_it_shows_and_sorts_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("s.db").display());
        let db = Db::open(&url).await.expect("opens");
        migrate(&db).await.expect("migrates");
        let mut asked = page(1, (0, 0)).build(DbBackend::Sqlite);
        asked.sql = format!("EXPLAIN QUERY PLAN {}", asked.sql);
        let plan = db.read().query_all_raw(asked).await.expect("a plan");
        let steps: Vec<String> = plan
            .iter()
            .map(|step| step.try_get("", "detail").expect("a step"))
            .collect();
        let [step] = steps.as_slice() else {
            panic!("{steps:?}");
        };
        let index = "INDEX ix_response_consultation_id_submitted_at (consultation_id=?";
        assert!(step.contains(index), "{step}");
        assert!(step.contains("submitted_at"), "{step}");
    }
}

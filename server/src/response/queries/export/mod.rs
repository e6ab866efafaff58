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

enum Part {
    Head,
    Rows { after: i64, count: u64 },
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
                self.part = Part::Rows { after: 0, count: 0 };
                self.head().map(Some)
            }
            Part::Rows { after, count } => {
                let rows = responses(&self.db, self.consultation.id.0, after).await?;
                let Some(last) = rows.last().map(|row| row.id) else {
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

/// The next page of the responses to a consultation. The plus keeps both databases to the order of the ids:
/// by the index of the consultation every page would sort all of its responses anew.
fn page(consultation: i64, after: i64) -> Select<response::Entity> {
    response::Entity::find()
        .select_only()
        .columns([
            response::Column::Id,
            response::Column::Channel,
            response::Column::AreaId,
            response::Column::Publication,
            response::Column::SubmittedAt,
        ])
        .filter(Expr::cust(format!("+consultation_id = {consultation}")))
        .filter(response::Column::Id.gt(after))
        .order_by_asc(response::Column::Id)
        .limit(AT_A_TIME)
}

async fn responses(
    db: &impl ConnectionTrait,
    consultation: i64,
    after: i64,
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
    async fn a_page_is_read_in_the_order_of_the_ids_and_sorts_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("s.db").display());
        let db = Db::open(&url).await.expect("opens");
        migrate(&db).await.expect("migrates");
        let mut asked = page(1, 0).build(DbBackend::Sqlite);
        asked.sql = format!("EXPLAIN QUERY PLAN {}", asked.sql);
        let plan = db.read().query_all_raw(asked).await.expect("a plan");
        let steps: Vec<String> = plan
            .iter()
            .map(|step| step.try_get("", "detail").expect("a step"))
            .collect();
        assert!(!steps.is_empty());
        assert!(
            steps.iter().all(|step| !step.contains("TEMP B-TREE")),
            "{steps:?}"
        );
    }
}

//! Every response to one consultation as CSV or JSON, a thousand at a time.
//!
//! One row a response; a choice and its free text in columns of their own; no name, organisation
//! or email address. Invariant: free text leaves only once a moderator has approved it, and each
//! text's column has its state beside it, so the shape never changes. Memory does not grow with
//! the number of responses.

mod rows;

use std::collections::HashMap;

use domain::consultation::{Consultation, Question, QuestionKind};
use entity::{answer, area, response};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// How many responses are read at a time.
const AT_A_TIME: u64 = 1_000;

/// The shape of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180, UTF-8.
    Csv,
    /// One JSON object.
    Json,
}

impl Format {
    /// The format of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Json => "application/json",
        }
    }

    /// How file names end.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }
}

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
    wards: HashMap<i64, (String, String)>,
    format: Format,
    part: Part,
}

/// One stored answer, as read.
struct Held {
    question: i64,
    choice: Option<i32>,
    number: Option<i64>,
    text: Option<String>,
    state: String,
}

type ResponseRow = (i64, String, Option<i64>, String, i64);
type AnswerRow = (i64, i64, Option<i32>, Option<i64>, Option<String>, String);

impl Export {
    /// Prepares it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn new(
        db: &DatabaseConnection,
        consultation: Consultation,
        format: Format,
    ) -> Result<Self, DbErr> {
        let mut questions = crate::consultation::rows::questions(db, consultation.id).await?;
        questions.retain(|question| question.kind != QuestionKind::StatementBlock);
        let wards = area::Entity::find()
            .select_only()
            .columns([area::Column::Id, area::Column::Code, area::Column::Name])
            .into_tuple::<(i64, String, String)>()
            .all(db)
            .await?
            .into_iter()
            .map(|(id, code, name)| (id, (code, name)))
            .collect();
        Ok(Self {
            db: db.clone(),
            consultation,
            questions,
            wards,
            format,
            part: Part::Head,
        })
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, DbErr> {
        match self.part {
            Part::Head => {
                self.part = Part::Rows { after: 0, count: 0 };
                self.head().map(Some)
            }
            Part::Rows { after, count } => {
                let rows = responses(&self.db, self.consultation.id.0, after).await?;
                let Some(last) = rows.last().map(|row| row.0) else {
                    self.part = Part::Done;
                    return Ok(Some(match self.format {
                        Format::Csv => Vec::new(),
                        Format::Json => b"\n]}\n".to_vec(),
                    }));
                };
                self.part = Part::Rows {
                    after: last,
                    count: count + rows.len() as u64,
                };
                let ids = rows.iter().map(|row| row.0).collect();
                let mut answers = answers(&self.db, ids).await?;
                let mut out = Vec::with_capacity(256 * 1024);
                let mut number = count;
                for row in rows {
                    number += 1;
                    let held = answers.remove(&row.0).unwrap_or_default();
                    match self.format {
                        Format::Csv => self.csv_row(&mut out, number, &row, &held)?,
                        Format::Json => self.json_row(&mut out, number, &row, &held)?,
                    }
                }
                Ok(Some(out))
            }
            Part::Done => Ok(None),
        }
    }
}

async fn responses(
    db: &impl ConnectionTrait,
    consultation: i64,
    after: i64,
) -> Result<Vec<ResponseRow>, DbErr> {
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
        .filter(response::Column::Id.gt(after))
        .order_by_asc(response::Column::Id)
        .limit(AT_A_TIME)
        .into_tuple()
        .all(db)
        .await
}

async fn answers(
    db: &impl ConnectionTrait,
    of: Vec<i64>,
) -> Result<HashMap<i64, Vec<Held>>, DbErr> {
    let mut found: HashMap<i64, Vec<Held>> = HashMap::with_capacity(of.len());
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
        .into_tuple::<AnswerRow>()
        .all(db)
        .await?
    {
        found.entry(response).or_default().push(Held {
            question,
            choice,
            number,
            text,
            state,
        });
    }
    Ok(found)
}

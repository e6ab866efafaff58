//! Every response to one consultation as CSV or JSON, a thousand at a time.
//!
//! One row a response; a choice and its free text in columns of their own; no name, organisation
//! or e-mail address. Invariant: free text leaves only once a moderator has approved it, and each
//! text's column has its state beside it, so the shape never changes. Memory does not grow with
//! the number of responses.

use std::collections::HashMap;

use domain::consultation::{Consultation, Question, QuestionKind};
use domain::response::cell::guard;
use domain::response::tally::uk_day;
use entity::{answer, area, response};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::clock::from_millis;
use crate::consultation::queries;

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
        let mut questions = queries::questions(db, consultation.id).await?;
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

    fn head(&self) -> Result<Vec<u8>, DbErr> {
        if self.format == Format::Json {
            let questions: Vec<_> = self
                .questions
                .iter()
                .zip(1..)
                .map(|(question, number): (_, usize)| {
                    serde_json::json!({
                        "question": number,
                        "kind": question.kind,
                        "prompt": question.prompt,
                        "choices": question.choices.items,
                    })
                })
                .collect();
            let head = serde_json::json!({
                "format": 1,
                "consultation": self.consultation.slug,
                "title": self.consultation.title,
                "questions": questions,
            })
            .to_string();
            let open = head.strip_suffix('}').unwrap_or(&head);
            return Ok(format!("{open},\"responses\":[").into_bytes());
        }
        let mut columns: Vec<String> = [
            "response",
            "received_on",
            "channel",
            "ward_code",
            "ward",
            "publication",
        ]
        .map(str::to_owned)
        .to_vec();
        for (question, number) in self.questions.iter().zip(1_usize..) {
            let prompt = &question.prompt;
            match question.kind {
                QuestionKind::ShortText | QuestionKind::LongText => columns.extend([
                    format!("q{number} {prompt}"),
                    format!("q{number} moderation"),
                ]),
                QuestionKind::MultipleChoice => columns.extend(
                    question
                        .choices
                        .items
                        .iter()
                        .map(|item| format!("q{number} {prompt}: {item}")),
                ),
                _ => columns.push(format!("q{number} {prompt}")),
            }
            if has_other(question) {
                columns.extend([
                    format!("q{number} other"),
                    format!("q{number} other moderation"),
                ]);
            }
        }
        let mut out = Vec::new();
        write_row(&mut out, columns.iter().map(String::as_str))?;
        Ok(out)
    }

    fn ward(&self, area: Option<i64>) -> (&str, &str) {
        area.and_then(|id| self.wards.get(&id))
            .map_or(("", ""), |(code, name)| (code.as_str(), name.as_str()))
    }

    fn csv_row(
        &self,
        out: &mut Vec<u8>,
        number: u64,
        row: &ResponseRow,
        held: &[Held],
    ) -> Result<(), DbErr> {
        let (_, channel, area, publication, at) = row;
        let (code, ward) = self.ward(*area);
        let day = uk_day(from_millis(*at)).to_string();
        let number = number.to_string();
        let mut cells: Vec<String> = [&number, &day, channel, code, ward, publication]
            .map(str::to_owned)
            .to_vec();
        for question in &self.questions {
            let of = || held.iter().filter(|one| one.question == question.id.0);
            let item = |place: i32| {
                usize::try_from(place)
                    .ok()
                    .and_then(|place| question.choices.items.get(place))
                    .cloned()
                    .unwrap_or_default()
            };
            let words = of().find(|one| one.text.is_some() || one.state == "rejected");
            match question.kind {
                QuestionKind::ShortText | QuestionKind::LongText => push_text(&mut cells, words),
                QuestionKind::SingleChoice => {
                    let chosen = of().find_map(|one| one.choice);
                    cells.push(chosen.map(item).unwrap_or_default());
                }
                QuestionKind::MultipleChoice => {
                    for place in 0..question.choices.items.len() {
                        let chosen = of().any(|one| {
                            one.choice.and_then(|c| usize::try_from(c).ok()) == Some(place)
                        });
                        cells.push(if chosen { "1" } else { "" }.to_owned());
                    }
                }
                QuestionKind::Scale | QuestionKind::StatementBlock => {
                    let number = of().find_map(|one| one.number);
                    cells.push(number.map(|n| n.to_string()).unwrap_or_default());
                }
            }
            if has_other(question) {
                push_text(&mut cells, words);
            }
        }
        write_row(out, cells.iter().map(String::as_str))
    }

    fn json_row(
        &self,
        out: &mut Vec<u8>,
        number: u64,
        row: &ResponseRow,
        held: &[Held],
    ) -> Result<(), DbErr> {
        let (_, channel, area, publication, at) = row;
        let (code, ward) = self.ward(*area);
        let mut answers = Vec::new();
        for (question, number) in self.questions.iter().zip(1_usize..) {
            let of: Vec<&Held> = held
                .iter()
                .filter(|one| one.question == question.id.0)
                .collect();
            if of.is_empty() {
                continue;
            }
            let mut one = serde_json::Map::new();
            one.insert("question".into(), number.into());
            let chosen: Vec<i32> = of.iter().filter_map(|held| held.choice).collect();
            if !chosen.is_empty() {
                one.insert("choices".into(), chosen.into());
            }
            if let Some(number) = of.iter().find_map(|held| held.number) {
                one.insert("number".into(), number.into());
            }
            if let Some(words) = of.iter().find(|held| held.text.is_some()) {
                let leaves = words.text.clone().filter(|_| words.state == "approved");
                one.insert("text".into(), leaves.into());
                one.insert("moderation".into(), words.state.clone().into());
            }
            answers.push(serde_json::Value::Object(one));
        }
        let value = serde_json::json!({
            "response": number,
            "received_on": uk_day(from_millis(*at)).to_string(),
            "channel": channel,
            "ward_code": code,
            "ward": ward,
            "publication": publication,
            "answers": answers,
        });
        out.extend_from_slice(if number == 1 { b"\n" } else { b",\n" });
        serde_json::to_writer(out, &value).map_err(|error| DbErr::Custom(error.to_string()))
    }
}

fn has_other(question: &Question) -> bool {
    question.choices.other
        && matches!(
            question.kind,
            QuestionKind::SingleChoice | QuestionKind::MultipleChoice
        )
}

/// The words if they may leave, and their state.
fn push_text(cells: &mut Vec<String>, words: Option<&Held>) {
    let leaves = words
        .filter(|one| one.state == "approved")
        .and_then(|one| one.text.clone());
    cells.push(leaves.unwrap_or_default());
    cells.push(words.map(|one| one.state.clone()).unwrap_or_default());
}

fn write_row<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = &'a str>) -> Result<(), DbErr> {
    let failed = |error: csv::Error| DbErr::Custom(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    for cell in cells {
        let number = cell.parse::<i64>().is_ok();
        let guarded = if number { cell.into() } else { guard(cell) };
        writer.write_field(guarded.as_bytes()).map_err(failed)?;
    }
    writer.write_record(None::<&[u8]>).map_err(failed)?;
    writer
        .flush()
        .map_err(|error| DbErr::Custom(error.to_string()))
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

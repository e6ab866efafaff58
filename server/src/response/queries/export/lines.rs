//! One response as a row of CSV or an object of JSON, and what stands before the first.

use domain::calendar::uk_day;
use domain::consultation::{Question, QuestionKind};
use domain::ids::AreaId;
use domain::response::ExportFormat;
use domain::response::cell::guard;
use sea_orm::DbErr;

use crate::db::{moment, stored};
use crate::response::queries::export::{Export, ExportedAnswer, ExportedResponse};

/// By which Excel knows that a file is UTF-8: without it `£` and `é` are shown as other letters.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Export {
    pub(super) fn head(&self) -> Result<Vec<u8>, DbErr> {
        if self.format == ExportFormat::Json {
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
                QuestionKind::SingleChoice | QuestionKind::Scale | QuestionKind::StatementBlock => {
                    columns.push(format!("q{number} {prompt}"))
                }
            }
            if has_other(question) {
                columns.extend([
                    format!("q{number} other"),
                    format!("q{number} other moderation"),
                ]);
            }
        }
        let mut out = BYTE_ORDER_MARK.to_vec();
        write_row(&mut out, columns.iter().map(String::as_str))?;
        Ok(out)
    }

    fn ward(&self, area: Option<AreaId>) -> (&str, &str) {
        area.and_then(|id| self.areas.get(&id))
            .map_or(("", ""), |area| (area.code.as_str(), area.name.as_str()))
    }

    pub(super) fn csv_row(
        &self,
        out: &mut Vec<u8>,
        number: u64,
        row: &ExportedResponse,
        held: &[ExportedAnswer],
    ) -> Result<(), DbErr> {
        let (code, ward) = self.ward(row.area);
        let day = uk_day(moment(row.at)?).to_string();
        let number = number.to_string();
        let mut cells: Vec<String> = [&number, &day, &row.channel, code, ward, &row.publication]
            .map(str::to_owned)
            .to_vec();
        for question in &self.questions {
            let of = || held.iter().filter(|one| one.question == question.id.0);
            let item = |place: i32| {
                let found = usize::try_from(place).ok();
                let found = found.and_then(|place| question.choices.items.get(place));
                stored(
                    found.cloned(),
                    format_args!("response {}", row.id),
                    &place.to_string(),
                )
            };
            let words = of().find(|one| one.text.is_some() || one.state == "rejected");
            match question.kind {
                QuestionKind::ShortText | QuestionKind::LongText => push_text(&mut cells, words),
                QuestionKind::SingleChoice => {
                    let chosen = of().find_map(|one| one.choice);
                    cells.push(chosen.map(item).transpose()?.unwrap_or_default());
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

    pub(super) fn json_row(
        &self,
        out: &mut Vec<u8>,
        number: u64,
        row: &ExportedResponse,
        held: &[ExportedAnswer],
    ) -> Result<(), DbErr> {
        let (code, ward) = self.ward(row.area);
        let mut answers = Vec::new();
        for (question, number) in self.questions.iter().zip(1_usize..) {
            let of: Vec<&ExportedAnswer> = held
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
            "received_on": uk_day(moment(row.at)?).to_string(),
            "channel": row.channel,
            "ward_code": code,
            "ward": ward,
            "publication": row.publication,
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
fn push_text(cells: &mut Vec<String>, words: Option<&ExportedAnswer>) {
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

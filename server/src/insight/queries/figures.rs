//! The counts of one consultation, from its tallies, through the disclosure gate.

use std::collections::BTreeMap;

use domain::consultation::{Question, QuestionKind};
use domain::ids::ConsultationId;
use domain::insight::disclosure::{Rule, Shown};
use domain::insight::read::{Figures, Line, QuestionTable};
use domain::moderation::State;
use domain::response::tally::TEXT;
use entity::{area, tally};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::consultation::rows::questions;
use crate::vote;

/// Tallies by question and dimension, then key.
type Tallies = BTreeMap<(i64, String), BTreeMap<String, u64>>;

/// The counts as this rule lets them be shown.
///
/// # Errors
/// Those of the database.
pub async fn figures(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    rule: Rule,
) -> Result<Figures, DbErr> {
    let tallies = read(db, id).await?;
    let none = BTreeMap::new();
    let of = |question: i64, dimension: &str| {
        tallies
            .get(&(question, dimension.to_owned()))
            .unwrap_or(&none)
    };
    let names: BTreeMap<String, String> = area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .select_only()
        .columns([area::Column::Id, area::Column::Name])
        .into_tuple::<(i64, String)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let mut wards: Vec<(String, u64)> = of(0, "ward")
        .iter()
        .map(|(key, count)| {
            (
                names
                    .get(key)
                    .cloned()
                    .unwrap_or_else(|| "Not said".to_owned()),
                *count,
            )
        })
        .collect();
    wards.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let channels = of(0, "channel")
        .iter()
        .map(|(key, count)| (channel(key).to_owned(), *count))
        .collect();
    let days = of(0, "day")
        .iter()
        .filter_map(|(key, count)| Some((key.parse().ok()?, *count)))
        .collect();
    let waiting = tallies
        .iter()
        .filter(|((_, dimension), _)| dimension.as_str() == TEXT)
        .filter_map(|(_, counts)| counts.get(State::Held.code()))
        .sum();
    let questions = questions(db, id)
        .await?
        .into_iter()
        .filter(|question| question.kind != QuestionKind::StatementBlock)
        .map(|question| {
            let answered = of(question.id.0, "answered").values().sum();
            let choices = of(question.id.0, "choice");
            let numbers = of(question.id.0, "number");
            tabulate(question, answered, choices, numbers, rule)
        })
        .collect();
    Ok(Figures {
        responses: of(0, "total").values().sum(),
        voters: vote::queries::voters(db, id).await?,
        days,
        wards: lines(wards, rule),
        channels: lines(channels, rule),
        questions,
        statements: vote::queries::results(db, id).await?,
        waiting,
    })
}

async fn read(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Tallies, DbErr> {
    let mut tallies = Tallies::new();
    for row in tally::Entity::find()
        .filter(tally::Column::ConsultationId.eq(id.0))
        .all(db)
        .await?
    {
        tallies
            .entry((row.question_id, row.dimension))
            .or_default()
            .insert(row.key, u64::try_from(row.count).unwrap_or(0));
    }
    Ok(tallies)
}

fn tabulate(
    question: Question,
    answered: u64,
    choices: &BTreeMap<String, u64>,
    numbers: &BTreeMap<String, u64>,
    rule: Rule,
) -> QuestionTable {
    let labelled: Vec<(String, u64)> = match question.kind {
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice => {
            let mut rows: Vec<(String, u64)> = question
                .choices
                .items
                .iter()
                .enumerate()
                .map(|(place, label)| {
                    (
                        label.clone(),
                        choices.get(&place.to_string()).copied().unwrap_or(0),
                    )
                })
                .collect();
            if question.choices.other {
                let other = choices.get("other").copied().unwrap_or(0);
                rows.push(("Other".to_owned(), other));
            }
            rows
        }
        QuestionKind::Scale => (question.choices.from..=question.choices.to)
            .map(|number| {
                let words = if number == question.choices.from {
                    &question.choices.low
                } else if number == question.choices.to {
                    &question.choices.high
                } else {
                    ""
                };
                let label = if words.is_empty() {
                    number.to_string()
                } else {
                    format!("{number}: {words}")
                };
                (
                    label,
                    numbers.get(&number.to_string()).copied().unwrap_or(0),
                )
            })
            .collect(),
        QuestionKind::ShortText | QuestionKind::LongText | QuestionKind::StatementBlock => {
            Vec::new()
        }
    };
    QuestionTable {
        prompt: question.prompt,
        kind: question.kind,
        answered: rule.alone(answered),
        lines: lines(labelled, rule),
    }
}

fn lines(rows: Vec<(String, u64)>, rule: Rule) -> Vec<Line> {
    let counts: Vec<u64> = rows.iter().map(|(_, count)| *count).collect();
    let shown: Vec<Shown> = rule.table(&counts);
    rows.into_iter()
        .zip(shown)
        .map(|((label, _), count)| Line { label, count })
        .collect()
}

fn channel(key: &str) -> &str {
    match key {
        "online" => "Online",
        "paper" => "Paper",
        "phone" => "Phone",
        "email" => "Email",
        "event" => "At an event",
        other => other,
    }
}

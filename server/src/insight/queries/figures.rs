//! The counts of one consultation, from its tallies, through the disclosure gate.

use std::collections::HashMap;

use domain::consultation::{Question, QuestionKind};
use domain::ids::ConsultationId;
use domain::insight::disclosure::{Rule, Shown};
use domain::insight::read::{Figures, Line, QuestionTable};
use domain::moderation::State;
use domain::names;
use domain::response::Channel;
use domain::response::tally::{CHANNEL, DAY, NOT_SAID, TEXT, WARD};
use sea_orm::{ConnectionTrait, DbErr};

use crate::consultation::rows::questions;
use crate::council::rows::areas;
use crate::db::stored;
use crate::response::rows::counts::{self, Tallies};
use crate::vote;

/// The counts as this rule lets them be shown.
pub async fn figures(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    rule: Rule,
) -> Result<Figures, DbErr> {
    let tallies = counts::of(db, id).await?;
    let names: HashMap<String, String> = areas::wards(db)
        .await?
        .into_iter()
        .map(|area| (area.id.to_string(), area.name))
        .collect();
    let mut wards: Vec<(String, u64)> = Vec::new();
    for (key, count) in tallies.of(0, WARD) {
        let name = if key == NOT_SAID {
            "Not said".to_owned()
        } else {
            stored(names.get(key).cloned(), "a count of a ward", key)?
        };
        wards.push((name, count));
    }
    wards.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| names::in_order(&a.0, &b.0)));
    let channels = tallies
        .of(0, CHANNEL)
        .map(|(key, count)| Ok((channel(key)?.to_owned(), count)))
        .collect::<Result<_, DbErr>>()?;
    let days = tallies
        .of(0, DAY)
        .map(|(key, count)| Ok((stored(key.parse().ok(), "a count of a day", key)?, count)))
        .collect::<Result<_, DbErr>>()?;
    let questions = questions(db, id)
        .await?
        .into_iter()
        .filter(|question| question.kind != QuestionKind::StatementBlock)
        .map(|question| tabulate(question, &tallies, rule))
        .collect();
    Ok(Figures {
        responses: tallies.sum(0, "total"),
        voters: vote::queries::voters(db, id).await?,
        days,
        wards: lines(wards, rule),
        channels: lines(channels, rule),
        questions,
        statements: vote::queries::results(db, id).await?,
        waiting: tallies.across(TEXT, State::Held.code()),
    })
}

fn tabulate(question: Question, tallies: &Tallies, rule: Rule) -> QuestionTable {
    let id = question.id.0;
    let answered = tallies.sum(id, "answered");
    let choice = |key: &str| tallies.count(id, "choice", key);
    let labelled: Vec<(String, u64)> = match question.kind {
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice => {
            let mut rows: Vec<(String, u64)> = question
                .choices
                .items
                .iter()
                .enumerate()
                .map(|(place, label)| (label.clone(), choice(&place.to_string())))
                .collect();
            if question.choices.other {
                rows.push(("Other".to_owned(), choice("other")));
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
                (label, tallies.count(id, "number", &number.to_string()))
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

fn channel(key: &str) -> Result<&'static str, DbErr> {
    let found = stored(Channel::from_code(key), "a count of a channel", key)?;
    Ok(match found {
        Channel::Online => "Online",
        Channel::Paper => "Paper",
        Channel::Phone => "Phone",
        Channel::Email => "Email",
        Channel::Event => "At an event",
    })
}

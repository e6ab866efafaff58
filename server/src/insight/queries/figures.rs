//! The counts of one consultation, put together from the kept tallies.

use std::collections::HashMap;

use domain::consultation::{Question, QuestionKind};
use domain::ids::ConsultationId;
use domain::insight::disclosure::{People, Rule};
use domain::insight::read::{Figures, Line, QuestionTable};
use domain::insight::release::{Counts, QuestionCounts};
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

/// The counts of the responses as they are. They are for a release; nobody sees them.
///
/// # Errors
/// A count that can't be read is a fault.
pub async fn counted(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Counts, DbErr> {
    from(db, id, &counts::of(db, id).await?).await
}

/// The figures of a consultation for those who work with its responses, through this rule.
///
/// # Errors
/// A count that can't be read is a fault.
pub async fn figures(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    rule: Rule,
) -> Result<Figures, DbErr> {
    let tallies = counts::of(db, id).await?;
    let counts = from(db, id, &tallies).await?;
    let mut wards = lines(counts.wards, rule);
    // By what is shown and by name: what is hidden has no place of its own.
    wards.sort_by(|a, b| {
        let first = a.count.cmp(&b.count).reverse();
        first.then_with(|| names::in_order(&a.label, &b.label))
    });
    let questions = counts.questions.into_iter();
    Ok(Figures {
        responses: counts.responses.to_keep(),
        voters: vote::queries::voters(db, id).await?,
        days: counts
            .days
            .into_iter()
            .map(|(day, people)| (day, people.to_keep()))
            .collect(),
        wards,
        channels: lines(counts.channels, rule),
        questions: questions
            .map(|question| QuestionTable {
                prompt: question.prompt,
                kind: question.kind,
                answered: rule.people(question.answered),
                lines: lines(question.lines, rule),
            })
            .collect(),
        statements: vote::queries::results(db, id).await?,
        waiting: tallies.across(TEXT, State::Held.code()),
    })
}

async fn from(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    tallies: &Tallies,
) -> Result<Counts, DbErr> {
    // Every one, with nobody too: which of them has a count says something by itself.
    let mut named: Vec<(String, String)> = areas::wards(db)
        .await?
        .into_iter()
        .map(|area| (area.id.to_string(), area.name))
        .collect();
    named.push((NOT_SAID.to_owned(), "Not said".to_owned()));
    let wards = of_every(tallies, WARD, "a count of a ward", named)?;
    let channels = Channel::ALL
        .map(|one| (one.code().to_owned(), channel(one).to_owned()))
        .to_vec();
    let channels = of_every(tallies, CHANNEL, "a count of a channel", channels)?;
    let days = tallies
        .of(0, DAY)
        .map(|(key, count)| {
            let day = stored(key.parse().ok(), "a count of a day", key)?;
            Ok((day, People::counted(count)))
        })
        .collect::<Result<_, DbErr>>()?;
    Ok(Counts {
        responses: People::counted(tallies.sum(0, "total")),
        days,
        wards,
        channels,
        questions: questions(db, id)
            .await?
            .into_iter()
            .filter(|question| question.kind != QuestionKind::StatementBlock)
            .map(|question| tabulate(question, tallies))
            .collect(),
    })
}

/// The counts of a dimension under every name that it has. What is counted under another is a fault.
fn of_every(
    tallies: &Tallies,
    dimension: &str,
    what: &str,
    names: Vec<(String, String)>,
) -> Result<Vec<(String, People)>, DbErr> {
    let mut counted: HashMap<&str, u64> = tallies.of(0, dimension).collect();
    let rows = names
        .into_iter()
        .map(|(key, name)| {
            let count = counted.remove(key.as_str()).unwrap_or_default();
            (name, People::counted(count))
        })
        .collect();
    match counted.keys().next() {
        Some(key) => stored(None, what, key),
        None => Ok(rows),
    }
}

fn tabulate(question: Question, tallies: &Tallies) -> QuestionCounts {
    let id = question.id.0;
    let choice = |key: &str| People::counted(tallies.count(id, "choice", key));
    let lines: Vec<(String, People)> = match question.kind {
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice => {
            let mut rows: Vec<(String, People)> = question
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
                let count = tallies.count(id, "number", &number.to_string());
                (label, People::counted(count))
            })
            .collect(),
        QuestionKind::ShortText | QuestionKind::LongText | QuestionKind::StatementBlock => {
            Vec::new()
        }
    };
    QuestionCounts {
        prompt: question.prompt,
        kind: question.kind,
        required: question.required,
        answered: People::counted(tallies.sum(id, "answered")),
        lines,
    }
}

fn lines(rows: Vec<(String, People)>, rule: Rule) -> Vec<Line> {
    let counts: Vec<u64> = rows.iter().map(|(_, people)| people.to_keep()).collect();
    rows.into_iter()
        .zip(rule.table(&counts))
        .map(|((label, _), count)| Line {
            label,
            count,
            merges: 0,
        })
        .collect()
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Online => "Online",
        Channel::Paper => "Paper",
        Channel::Phone => "Phone",
        Channel::Email => "Email",
        Channel::Event => "At an event",
    }
}

//! Releases: what everybody may see of counts of people, computed together from one state, kept, and
//! read by every public page, file and feed until the next one. So two pages agree, and two readings
//! of one page tell nothing of who came between them.
//!
//! Invariants: a release is made at most once a day and only when at least [`MORE`] more people have
//! taken part since the last, and once more when no more can come; while they can, it says only how
//! many there are, so that no two releases of one consultation hold tables; no cell of a release can
//! be worked out from the others (`table`).
//!
//! After the Government Statistical Service's guidance on disclosure control, and Hundepool et al.,
//! *Statistical Disclosure Control* (2012), chapter 4 (tables of counts). Deliberately not here: votes
//! on statements, whose release is `insight::opinion`; the published list of ballots, which voters
//! agree to before they vote.

mod table;

pub use table::{Category, Small, Table, released};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::disclosure::{Line, PUBLIC, People, Shown};
use crate::consultation::QuestionKind;
use crate::ids::{AreaId, ConsultationId, PollId};

/// How many more people a release needs than the one before it.
pub const MORE: u64 = 10;

/// What a release is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Of {
    /// The responses to a consultation.
    Responses(ConsultationId),
    /// The votes on its statements.
    Votes(ConsultationId),
    /// The ballots of a poll.
    Ballots(PollId),
    /// The concerns about an area.
    Concerns(AreaId),
}

impl Of {
    /// Its name in storage.
    pub fn subject(self) -> String {
        match self {
            Of::Responses(id) => format!("responses/{id}"),
            Of::Votes(id) => format!("votes/{id}"),
            Of::Ballots(id) => format!("ballots/{id}"),
            Of::Concerns(id) => format!("concerns/{id}"),
        }
    }
}

/// What the next release needs to know of the last one.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// The UK day on which it was made.
    pub on: Date,
    /// How many people it was of.
    pub people: People,
    /// Whether no more could come.
    pub complete: bool,
}

/// Whether a release is to be made today of so many people; `complete` is whether no more can come.
pub fn is_due(last: Option<&Last>, people: People, today: Date, complete: bool) -> bool {
    let Some(last) = last else {
        return people.at_least(if complete { 1 } else { MORE });
    };
    if last.complete {
        return false;
    }
    complete || today > last.on && people.at_least(last.people.to_keep().saturating_add(MORE))
}

/// A question with its counts.
#[derive(Clone, Debug)]
pub struct QuestionCounts {
    /// The question.
    pub prompt: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// How many answered it.
    pub answered: People,
    /// Its choices or numbers, in their order; empty for free text.
    pub lines: Vec<(String, People)>,
}

/// The counts of the responses to one consultation, as they are; not for showing.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Responses.
    pub responses: People,
    /// By UK day; days without any may be left out.
    pub days: Vec<(Date, People)>,
    /// By ward, with those who did not say.
    pub wards: Vec<(String, People)>,
    /// By channel.
    pub channels: Vec<(String, People)>,
    /// By question.
    pub questions: Vec<QuestionCounts>,
}

/// Some days together, with their responses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// How many responded.
    pub count: Shown,
}

/// A question as it is released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedQuestion {
    /// The question.
    pub prompt: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// How many people answered it.
    pub answered: Shown,
    /// Its choices or numbers; empty for free text, and where nothing of it may be shown.
    pub lines: Vec<Line>,
}

/// The responses to a consultation as everybody may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedResponses {
    /// How many.
    pub responses: Shown,
    /// By periods of equal length; empty where none is long enough.
    pub periods: Vec<Period>,
    /// By ward, the most first; empty where nothing of it may be shown.
    pub wards: Vec<Line>,
    /// By channel.
    pub channels: Vec<Line>,
    /// The questions.
    pub questions: Vec<ReleasedQuestion>,
}

impl ReleasedResponses {
    /// While more can come: how many there are, and nothing else.
    pub fn so_far(people: People) -> Self {
        Self {
            responses: PUBLIC.people(people),
            periods: Vec::new(),
            wards: Vec::new(),
            channels: Vec::new(),
            questions: Vec::new(),
        }
    }

    /// Once no more can come.
    pub fn complete(counts: Counts) -> Self {
        let merged = |rows: Vec<(String, People)>, others: &'static str| Table {
            total: counts.responses,
            rows,
            small: Small::Merge { others },
        };
        let tables = vec![
            merged(counts.wards, "other wards"),
            merged(counts.channels, "other ways"),
        ];
        let mut shown = released(tables).into_iter();
        let mut wards = shown.next().unwrap_or_default();
        // By what is shown and by name: nothing hidden has a place of its own.
        wards.sort_by(|a, b| {
            b.count
                .cmp(&a.count)
                .then_with(|| crate::names::in_order(&a.label, &b.label))
        });
        if let Some(place) = wards.iter().position(|line| line.merges > 0) {
            let rest = wards.remove(place);
            wards.push(rest);
        }
        Self {
            responses: PUBLIC.people(counts.responses),
            periods: periods(&counts.days),
            wards,
            channels: shown.next().unwrap_or_default(),
            questions: counts.questions.into_iter().map(question).collect(),
        }
    }
}

fn question(counts: QuestionCounts) -> ReleasedQuestion {
    let small = match counts.kind {
        QuestionKind::SingleChoice => Small::Merge {
            others: "other answers",
        },
        // Numbers have places of their own, and nobody has only one of several choices.
        QuestionKind::Scale => Small::Hide,
        _ => Small::HideOverlapping,
    };
    let table = Table {
        total: counts.answered,
        rows: counts.lines,
        small,
    };
    ReleasedQuestion {
        prompt: counts.prompt,
        kind: counts.kind,
        answered: PUBLIC.people(counts.answered),
        lines: released(vec![table]).pop().unwrap_or_default(),
    }
}

/// The days as periods of equal length, as short as each of them passes by itself. Of a day and of
/// one, two and four weeks; where none will do, nothing is said of when.
fn periods(days: &[(Date, People)]) -> Vec<Period> {
    let first = days.iter().map(|(day, _)| *day).min();
    let last = days.iter().map(|(day, _)| *day).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    [1, 7, 14, 28]
        .into_iter()
        .find_map(|length| of_length(days, first, last, length))
        .unwrap_or_default()
}

fn of_length(days: &[(Date, People)], first: Date, last: Date, length: i32) -> Option<Vec<Period>> {
    let mut periods = Vec::new();
    let mut from = first;
    while from <= last {
        let next = from.checked_add(length.days()).ok()?;
        let to = next.yesterday().ok()?;
        let people = days
            .iter()
            .filter(|(day, _)| from <= *day && *day < next)
            .fold(People::default(), |sum, (_, people)| sum.and(*people));
        let count = PUBLIC.people(people);
        count.number()?;
        periods.push(Period {
            first: from,
            last: to.min(last),
            count,
        });
        from = next;
    }
    (periods.len() > 1).then_some(periods)
}

#[cfg(test)]
mod tests;

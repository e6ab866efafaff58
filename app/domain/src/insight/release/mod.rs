//! Releases: what everybody may see of counts of people, computed together from one state, kept, and
//! read by every public page, file and feed until the next one. So two pages agree, and two readings
//! of one page tell nothing of who came between them.
//!
//! Invariants: a release is made at most once a day and only when at least [`MORE`] more people have
//! taken part, or have been set aside or let back, since the last, and once more when no more can come;
//! of responses and ballots it says only how many there are until then, so that no two releases of them
//! hold tables; no cell of a table of responses can be worked out from the others (`table`).
//!
//! After the Government Statistical Service's guidance on disclosure control, and Hundepool et al.,
//! *Statistical Disclosure Control* (2012), chapter 4 (tables of counts). Deliberately not here: what
//! votes on statements say, which is `insight::opinion`: while voting goes on each of its numbers stands
//! by itself, and afterwards the votes themselves are public, as voters were told; the published list of
//! ballots, which is told to voters too.

mod table;

pub use table::{Category, Of as TableOf, Small, Table, released};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::disclosure::{Line, PUBLIC, People, Shown};
use crate::consultation::QuestionKind;
use crate::ids::{AreaId, ConsultationId, PollId};
use crate::names::in_order;

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

impl Of {
    /// How many days at least lie between two of them. Numbers of concerns stand in tables each time,
    /// and people can raise as many as they like.
    fn rests(self) -> i64 {
        match self {
            Of::Concerns(_) => 28,
            Of::Responses(_) | Of::Votes(_) | Of::Ballots(_) => 1,
        }
    }
}

/// Of whom a release is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many people are counted in it.
    pub people: People,
    /// How many are set aside, and not counted.
    pub aside: People,
}

/// What the next release needs to know of the last one.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// The UK day on which it was made.
    pub on: Date,
    /// Of whom it was.
    pub counted: Counted,
    /// Whether no more could come.
    pub complete: bool,
}

/// Whether a release is to be made today of so many; `complete` is whether no more can come.
pub fn is_due(of: Of, last: Option<&Last>, now: Counted, today: Date, complete: bool) -> bool {
    let Some(last) = last else {
        return complete || now.people.at_least(MORE);
    };
    if last.complete {
        return false;
    }
    let rested = last
        .on
        .checked_add(of.rests().days())
        .is_ok_and(|from| today >= from);
    let moved = now.people.apart_from(last.counted.people) >= MORE
        || now.aside.apart_from(last.counted.aside) >= MORE;
    complete || rested && moved
}

/// Whether what people think is released again after its last release, since somebody was set aside or
/// let back: the votes of so many are public themselves, so nothing more is told. `public` is how many
/// that takes.
pub fn is_due_again(last: &Last, now: Counted, public: u64) -> bool {
    last.complete && (last.counted.people.at_least(public) || now.people.at_least(public))
}

/// A question with its counts.
#[derive(Clone, Debug)]
pub struct QuestionCounts {
    /// The question.
    pub prompt: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Whether everybody who responded had to answer it.
    pub required: bool,
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
    /// By ward, every one of them, and those who did not say.
    pub wards: Vec<(String, People)>,
    /// By channel, every one of them.
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
            of: TableOf::All,
            rows,
            small: Small::Merge { others },
        };
        let mut tables = vec![
            merged(counts.wards, "other wards, or not said"),
            merged(counts.channels, "other ways"),
        ];
        tables.extend(counts.questions.iter().map(question));
        let (periods, shown) = with_periods(counts.responses, &tables, &counts.days);
        let mut shown = shown.into_iter();
        let mut wards = shown.next().unwrap_or_default();
        // By what is shown and by name: nothing hidden has a place of its own.
        wards.sort_by(|a, b| {
            let first = |line: &Line| (line.merges > 0, std::cmp::Reverse(line.count));
            first(a)
                .cmp(&first(b))
                .then_with(|| in_order(&a.label, &b.label))
        });
        Self {
            responses: PUBLIC.people(counts.responses),
            periods,
            wards,
            channels: shown.next().unwrap_or_default(),
            questions: counts
                .questions
                .into_iter()
                .zip(shown)
                .map(|(question, lines)| ReleasedQuestion {
                    prompt: question.prompt,
                    kind: question.kind,
                    answered: PUBLIC.people(question.answered),
                    lines,
                })
                .collect(),
        }
    }
}

fn question(counts: &QuestionCounts) -> Table {
    let small = match counts.kind {
        QuestionKind::SingleChoice => Small::Merge {
            others: "other answers",
        },
        // Numbers have places of their own.
        QuestionKind::Scale => Small::Hide,
        // Nobody has only one of several choices; words have no table.
        QuestionKind::MultipleChoice
        | QuestionKind::ShortText
        | QuestionKind::LongText
        | QuestionKind::StatementBlock => Small::HideOverlapping,
    };
    Table {
        of: if counts.required {
            TableOf::All
        } else {
            TableOf::Some(counts.answered)
        },
        rows: counts.lines.clone(),
        small,
    }
}

/// The tables, and when people responded, in periods of a day, of one, two or four weeks: the shortest
/// of which each has enough people, and that costs no table.
fn with_periods(
    all: People,
    tables: &[Table],
    days: &[(Date, People)],
) -> (Vec<Period>, Vec<Vec<Line>>) {
    let without = released(all, tables);
    let kept = |shown: &[Vec<Line>]| shown.iter().filter(|lines| !lines.is_empty()).count();
    let first = days.iter().map(|(day, _)| *day).min();
    let last = days.iter().map(|(day, _)| *day).max();
    let Some((first, last)) = first.zip(last) else {
        return (Vec::new(), without);
    };
    for length in [1, 7, 14, 28] {
        let Some((periods, rows)) = of_length(days, first, last, length) else {
            continue;
        };
        let beside: Vec<Table> = tables
            .iter()
            .cloned()
            .chain([Table {
                of: TableOf::All,
                rows,
                small: Small::Hide,
            }])
            .collect();
        let mut shown = released(all, &beside);
        shown.pop();
        if kept(&shown) == kept(&without) {
            return (periods, shown);
        }
    }
    (Vec::new(), without)
}

fn of_length(
    days: &[(Date, People)],
    first: Date,
    last: Date,
    length: i32,
) -> Option<(Vec<Period>, Vec<Category>)> {
    let mut periods = Vec::new();
    let mut rows = Vec::new();
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
        rows.push((from.to_string(), people));
        from = next;
    }
    (periods.len() > 1).then_some((periods, rows))
}

#[cfg(test)]
mod tests;

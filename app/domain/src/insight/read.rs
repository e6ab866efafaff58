//! What the dashboards and the outcome show.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Theme;
pub use super::disclosure::Line;
use super::disclosure::Shown;
use super::release::ReleasedResponses;
use crate::consultation::read::PollLine;
use crate::consultation::{QuestionKind, Stage};
use crate::vote::read::StatementResult;

/// One question, tabulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionTable {
    /// The question.
    pub prompt: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// How many people answered it.
    pub answered: Shown,
    /// Its choices or numbers with their counts; empty for free text.
    pub lines: Vec<Line>,
}

/// The counts of one consultation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Responses.
    pub responses: u64,
    /// People who voted on statements.
    pub voters: u64,
    /// Responses by UK day, from the first to the last day with one.
    pub days: Vec<(Date, u64)>,
    /// Responses by ward, with those who did not say.
    pub wards: Vec<Line>,
    /// Responses by channel.
    pub channels: Vec<Line>,
    /// The questions.
    pub questions: Vec<QuestionTable>,
    /// The statements, most agreed first.
    pub statements: Vec<StatementResult>,
    /// Free-text answers that wait for moderation.
    pub waiting: u64,
}

/// The officer's dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchView {
    /// The consultation's address name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
    /// When it closes or closed.
    pub closes: Option<Timestamp>,
    /// The moment of this reading.
    pub now: Timestamp,
    /// The counts.
    pub figures: Figures,
    /// Whether this person may answer, decide, export.
    pub may_answer: bool,
    /// Whether this person may export.
    pub may_export: bool,
}

/// Somebody's own words, approved and published with their consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedWords {
    /// What they answer.
    pub question: String,
    /// The words.
    pub words: String,
    /// The name they chose to appear under, if any.
    pub name: Option<String>,
}

/// Promises that were made, and those of them that were kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// How many were made.
    pub made: u64,
    /// How many of them are kept, or should be: their day has passed.
    pub due: u64,
    /// How many of them were kept.
    pub kept: u64,
}

/// Ballots in the polls of a consultation, as everybody may see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballots {
    /// In how many polls.
    pub polls: u64,
    /// How many, of those polls of which a number is shown. A published list is counted to the last ballot,
    /// the turnout of another is as it was released.
    pub cast: Shown,
}

/// Decisions, and those of them that came in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// How many there are.
    pub all: u64,
    /// How many of them came within twelve weeks of closing.
    pub in_time: u64,
}

/// How many have been heard while a consultation goes on, as it was released; nothing before the first
/// release of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Who responded.
    pub responses: Option<Shown>,
    /// Who voted on statements.
    pub voters: Option<Shown>,
}

/// What came of a consultation, for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeView {
    /// The consultation's address name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
    /// When it closed.
    pub closed: Option<Timestamp>,
    /// When it was decided.
    pub decided: Option<Timestamp>,
    /// The decision in Markdown.
    pub decision: Option<String>,
    /// The themes with their answers, once published.
    pub themes: Vec<Theme>,
    /// The responses as they were released; none before the first release.
    pub responses: Option<ReleasedResponses>,
    /// Who voted on statements, as it was released.
    pub voters: Shown,
    /// Approved words that people agreed to publish.
    pub words: Vec<PublishedWords>,
    /// Questions that were put to a vote.
    pub polls: Vec<PollLine>,
    /// Ballots in them; nothing where there are none.
    pub ballots: Option<Ballots>,
    /// Where the data comes from, if it was imported.
    pub attribution: Option<String>,
    /// Whether it was invented for a demonstration.
    pub invented: bool,
    /// The day of this reading.
    pub today: Date,
}

/// One consultation on the council dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeLine {
    /// Its address name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The owner team.
    pub team: String,
    /// Where it stands.
    pub stage: Stage,
    /// Residents of the areas it is about.
    pub reach: u64,
    /// Responses, as they were released.
    pub responses: Shown,
    /// Voters on statements, as they were released.
    pub voters: Shown,
    /// Ballots in its polls; nothing where it has none.
    pub ballots: Option<Ballots>,
    /// Whole days from closing to the decision.
    pub days_to_outcome: Option<i64>,
    /// Whole days since closing, where no decision is recorded yet.
    pub days_waiting: Option<i64>,
    /// Its promises.
    pub promises: Promises,
}

/// The council dashboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomesView {
    /// The consultations of this page.
    pub lines: Vec<OutcomeLine>,
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// All consultations that have opened, but what was imported.
    pub total: u64,
    /// Responses to all of them together, as far as they are shown.
    pub responses: u64,
    /// The promises of all of them.
    pub promises: Promises,
    /// The decisions on them.
    pub decided: Decisions,
    /// Data of others that is shown here and counted nowhere: address name and title.
    pub imported: Vec<(String, String)>,
}

//! What the hub, a consultation's page and the desk show.

use jiff::Timestamp;

use super::{Question, Stage};
use crate::ids::{AreaId, DocumentId, OptionId, StatementId, TeamId};

/// One consultation in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Its topic.
    pub topic: String,
    /// Where it stands.
    pub stage: Stage,
    /// Opening.
    pub opens: Option<Timestamp>,
    /// Closing.
    pub closes: Option<Timestamp>,
    /// Why it closes then.
    pub closing_reason: String,
    /// The teams that ask, owner first.
    pub teams: Vec<String>,
    /// The wards it is about.
    pub areas: Vec<String>,
}

/// What is looked for on the hub.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words.
    pub words: String,
    /// A postcode as typed.
    pub postcode: String,
    /// A ward's code.
    pub ward: String,
    /// A topic.
    pub topic: String,
    /// `open`, `forthcoming`, `closed`, `decided`, or everything.
    pub stage: String,
}

/// The hub.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HubView {
    /// What was looked for.
    pub search: Search,
    /// What was found.
    pub found: Vec<Listed>,
    /// How many in all.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// The ward that the search is about: name.
    pub ward_name: Option<String>,
    /// Whether a postcode was typed that is not in the borough.
    pub unknown_postcode: bool,
    /// Wards to choose from: code, name.
    pub wards: Vec<(String, String)>,
    /// Topics to choose from.
    pub topics: Vec<String>,
    /// The moment of this reading.
    pub now: Timestamp,
}

impl Search {
    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionView {
    /// Which one.
    pub id: OptionId,
    /// Its title.
    pub title: String,
    /// What it means.
    pub description: String,
    /// Whether it is to do nothing.
    pub do_nothing: bool,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentView {
    /// Which one.
    pub id: DocumentId,
    /// Its address.
    pub token: String,
    /// Its title.
    pub title: String,
    /// The file's name.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A poll of a consultation, as pages of the consultation name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollLine {
    /// Its number within the consultation.
    pub number: i32,
    /// What is asked.
    pub question: String,
    /// Whether it can be put to a vote as it is.
    pub ready: bool,
    /// Whether nobody sees a result before the close.
    pub sealed: bool,
    /// Whether its ballots are counted and published.
    pub published: bool,
}

/// A whole consultation, for its page and for its teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsultationDetail {
    /// What a list shows.
    pub listed: Listed,
    /// The body in Markdown.
    pub body: String,
    /// What is open to change.
    pub open_scope: String,
    /// What is open within limits.
    pub limited_scope: String,
    /// What is fixed.
    pub fixed_scope: String,
    /// Why.
    pub scope_reason: String,
    /// The options.
    pub options: Vec<OptionView>,
    /// The documents.
    pub documents: Vec<DocumentView>,
    /// The questions.
    pub questions: Vec<Question>,
    /// The owner's statements.
    pub statements: Vec<(StatementId, String)>,
    /// Whether residents may add statements.
    pub statements_open: bool,
    /// How many statements there are to vote on, residents' own included.
    pub to_vote_on: u64,
    /// Questions put to a vote.
    pub polls: Vec<PollLine>,
    /// Whether the regime allows votes.
    pub voting_allowed: bool,
    /// Who asks: each organisation with its teams, the owner's first.
    pub asked_by: Vec<(String, Vec<String>)>,
    /// The regime: code, name, fewest days, source.
    pub regime: (String, String, i64, String),
    /// Whom to ask: name, email address.
    pub contact: (String, String),
    /// The areas it is about.
    pub areas: Vec<AreaId>,
    /// The partner teams.
    pub partners: Vec<TeamId>,
    /// Where the data comes from, if it was imported.
    pub attribution: Option<String>,
    /// Whether it was invented for a demonstration.
    pub invented: bool,
    /// The moment of this reading.
    pub now: Timestamp,
}

//! What the hub, a consultation's page and the desk show.

use jiff::Timestamp;

use super::draft::Section;
use super::policy::Permission;
use super::{GateRefused, Publication, Question, QuestionKind, Stage};
use crate::edit::{Version, Versions};
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
    /// The teams that hold it, owner first.
    pub teams: Vec<String>,
    /// The wards it is about.
    pub areas: Vec<String>,
    /// Whether it is data of somebody else that was imported.
    pub imported: bool,
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
    /// In which order.
    pub sort: Sort,
}

/// The order of what is found on the hub.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By stage, what closes soonest first.
    #[default]
    Closing,
    /// What was published last first.
    Newest,
    /// By title.
    Title,
}

impl Sort {
    /// As an address has it; empty for the usual order.
    pub fn code(self) -> &'static str {
        match self {
            Sort::Closing => "",
            Sort::Newest => "newest",
            Sort::Title => "title",
        }
    }

    /// From an address; what is no order is the usual one.
    pub fn from_code(code: &str) -> Self {
        [Sort::Newest, Sort::Title]
            .into_iter()
            .find(|sort| sort.code() == code)
            .unwrap_or_default()
    }
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
    /// Whether nothing is looked for, in whichever order.
    pub fn is_empty(&self) -> bool {
        let usual = Self {
            sort: Sort::default(),
            ..self.clone()
        };
        usual == Self::default()
    }
}

/// One consultation in the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// When it was published.
    pub published: Timestamp,
    /// When it last changed for its readers.
    pub updated: Timestamp,
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
    /// Whether its owner has declared the result binding.
    pub binding: bool,
    /// Whether its ballots are counted and published.
    pub published: bool,
}

/// A statement that the owner put to a vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// Which one.
    pub id: StatementId,
    /// What it says.
    pub text: String,
}

/// An organisation that holds a consultation, with its teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organiser {
    /// Its name.
    pub organisation: String,
    /// Its teams by name.
    pub teams: Vec<String>,
}

/// The regime that a consultation is held under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegimeView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The fewest whole days that it asks for.
    pub minimum_days: i64,
    /// Where that is written.
    pub source: String,
    /// Whether it allows votes.
    pub voting_allowed: bool,
}

/// Whom people can ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactView {
    /// A name or a team.
    pub name: String,
    /// An email address.
    pub email: String,
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
    pub statements: Vec<StatementLine>,
    /// Whether residents may add statements.
    pub statements_open: bool,
    /// How many statements there are to vote on, residents' own included.
    pub to_vote_on: u64,
    /// Questions put to a vote.
    pub polls: Vec<PollLine>,
    /// Who set it up, the owner first.
    pub organisers: Vec<Organiser>,
    /// The regime.
    pub regime: RegimeView,
    /// Whom to ask.
    pub contact: ContactView,
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

/// The consultations of one's teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskList {
    /// Those of this page.
    pub found: Vec<Listed>,
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// Whether this person may begin one.
    pub may_begin: bool,
}

/// What a new draft is chosen from, as value and words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDraftChoices {
    /// Owner teams.
    pub teams: Vec<(String, String)>,
    /// Regimes.
    pub regimes: Vec<(String, String)>,
}

/// A consultation at the desk: what is missing, and what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The consultation.
    pub detail: ConsultationDetail,
    /// What the gates miss.
    pub missing: Vec<GateRefused>,
    /// What this person may do with it now.
    pub may: Vec<Permission>,
    /// The text that waits for approval, for whoever approves it.
    pub submission: Version,
    /// What has to change, where it was sent back.
    pub note: Option<String>,
}

/// One section of a draft as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionView {
    /// Which one.
    pub section: Section,
    /// The whole draft.
    pub detail: ConsultationDetail,
    /// The version of the section, or of the entry of its list that is to be changed.
    pub version: Version,
    /// The versions of the entries of its list; nothing where entries can't be changed.
    pub versions: Versions,
    /// What there is to choose from.
    pub choices: SectionChoices,
}

/// What a section is chosen from, as value and words; empty where the section has no such choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionChoices {
    /// Regimes.
    pub regimes: Vec<(String, String)>,
    /// Wards.
    pub wards: Vec<(String, String)>,
    /// Teams.
    pub teams: Vec<(String, String)>,
}

impl ConsultationDetail {
    /// What the gates look at.
    pub fn publication(&self) -> Publication<'_> {
        let blocks = self
            .questions
            .iter()
            .filter(|question| question.kind == QuestionKind::StatementBlock)
            .count();
        Publication {
            words: [&self.listed.title, &self.listed.summary, &self.body],
            open: &self.open_scope,
            limited: &self.limited_scope,
            fixed: &self.fixed_scope,
            reason: &self.scope_reason,
            options: self.options.len(),
            has_do_nothing: self.options.iter().any(|option| option.do_nothing),
            asked: self.questions.len() + self.statements.len() + self.polls.len(),
            votes: self.statements.len() + self.polls.len() + blocks,
            polls_unready: self.polls.iter().filter(|poll| !poll.ready).count(),
            only_indicative_polls: !self.polls.is_empty()
                && !self.polls.iter().any(|poll| poll.binding),
            voting_allowed: self.regime.voting_allowed,
            contact: &self.contact.email,
            opens: self.listed.opens,
            closes: self.listed.closes,
            closing_reason: &self.listed.closing_reason,
            minimum_days: self.regime.minimum_days,
        }
    }
}

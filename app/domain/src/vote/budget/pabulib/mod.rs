//! Participatory budgets as `.pb` files: the format of pabulib.org (Stolicki, Szufa, Talmon,
//! "Pabulib: A Participatory Budgeting Library", arXiv:2012.06539; Faliszewski et al., IJCAI 2023).
//!
//! Three sections `META`, `PROJECTS`, `VOTES`, in this order, each with a header row; fields parted
//! by `;`, in double quotes where they hold one; lists inside a field parted by `,`.
//! Deliberately not kept: what a file says about its voters (age, sex, postal code).
//!
//! Invariant: reading never panics and never guesses: a file that contradicts itself is refused
//! with line and reason. What is odd but leaves the count clear is reported as a [`Note`]. Where the
//! line runs is where pabulib's own checker has it: its errors are refused, its warnings noted,
//! but a ballot dearer than `max_sum_cost` is always refused.

mod lines;
mod meta;
mod read;
mod rows;
mod votes;
mod write;

use serde::Serialize;

use super::ballot::BallotRefusal;
use super::election::Election;
use super::model::BudgetRefusal;

pub use read::{read, read_bytes};
pub use write::write;

/// A file, read.
#[derive(Clone, Debug, PartialEq)]
pub struct PbFile {
    /// The META section as it stands.
    pub meta: Vec<(String, String)>,
    pub election: Election,
    /// Oddities, the first of each kind.
    pub notes: Vec<Note>,
}

impl PbFile {
    /// A value of the META section.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta
            .iter()
            .rev()
            .find(|(k, _)| k == key)
            .map(|(_, v)| v.as_str())
    }
}

/// Something odd that does not hinder the count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "note", rename_all = "kebab-case")]
pub enum Note {
    /// A voter's id is on more than one line; each line is counted.
    VoterTwice { line: usize },
    /// A ballot names fewer projects than `min_length` asks for; counted.
    Short { line: usize, given: usize },
    /// A ballot gives more points than `max_sum_points` allows; counted as it stands.
    OverPoints { line: usize },
    /// The file's own column of votes differs from its ballots; the ballots are counted.
    VotesColumn {
        project: String,
        told: u64,
        counted: u64,
    },
}

/// Which section of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Section {
    Meta,
    Projects,
    Votes,
}

/// A refused file: where and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct PbRefusal {
    /// Counted from 1; of what is missing, the line where it should have been.
    pub line: usize,
    #[serde(flatten)]
    pub reason: PbReason,
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum PbReason {
    #[error("not UTF-8")]
    NotUtf8,
    #[error("UTF-16")]
    Utf16,
    #[error("empty")]
    Empty,
    #[error("does not begin with a section")]
    NoSection,
    #[error("section missing")]
    SectionMissing { section: Section },
    #[error("section out of order or repeated")]
    SectionOrder { section: Section },
    #[error("column missing")]
    ColumnMissing { column: &'static str },
    #[error("field missing")]
    FieldMissing { column: &'static str },
    #[error("META lacks a key")]
    MetaMissing { key: &'static str },
    #[error("not a number, or out of range")]
    BadNumber { field: &'static str, value: String },
    #[error("decimals or thousands")]
    Ambiguous { field: &'static str, value: String },
    #[error("META says two things of a key")]
    MetaTwice { key: &'static str, first: usize },
    #[error("unknown vote type")]
    VoteType { value: String },
    #[error("as many points as projects are needed")]
    PointsMismatch { projects: usize, points: usize },
    #[error("META declares another number")]
    CountMismatch {
        key: &'static str,
        declared: u64,
        found: u64,
    },
    #[error("quote not closed")]
    OpenQuote,
    #[error("project: {0}")]
    Project(#[serde(rename = "why")] BudgetRefusal),
    #[error("ballot: {0}")]
    Ballot(#[serde(rename = "why")] BallotRefusal),
}

//! Conversations from files: the Polis open data (CSV) and what the Polis server keeps (JSON).
//!
//! Only text comes in here, never a file. Wrong input is refused with the file it belongs to, the
//! line and the reason; nothing is guessed.

mod comments;
mod json;
mod matrix;
mod summary;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::matrix::{Person, Statement, VoteMatrix};
use crate::table::{TableFault, TableRefused};

pub use comments::Comment;
pub use json::server_json;
pub use matrix::open_data;
pub use summary::{Summary, summary};

/// A conversation as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The votes, and what is known of the statements that have votes.
    pub matrix: VoteMatrix,
    /// The words of the statements, where the file has them.
    pub texts: BTreeMap<Statement, String>,
    /// All that `comments.csv` says of the statements, where there is one.
    pub comments: BTreeMap<Statement, Comment>,
    /// The groups that were published with the votes, where they were.
    pub published: BTreeMap<Person, i64>,
}

/// Which file it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `participants-votes.csv` or `votes.json`.
    Votes,
    /// `comments.csv` or `comments.json`.
    Comments,
    /// `summary.csv`.
    Summary,
}

/// Where and why reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{source_file:?}, line {line}: {reason:?}")]
pub struct ReadError {
    /// Which file.
    pub source_file: Source,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing in it.
    Empty,
    /// It is not a row of the table.
    Table(TableFault),
    /// The first row has no statement.
    NoStatements,
    /// The same statement twice.
    StatementTwice {
        /// Its number.
        statement: Statement,
        /// The line where it is first.
        first: usize,
    },
    /// The same statement twice in a list of JSON, whose records have no line of their own.
    RecordTwice {
        /// Its number.
        statement: Statement,
        /// The record where it is first, from 1.
        first: usize,
        /// The record where it is again.
        again: usize,
    },
    /// The same participant twice.
    ParticipantTwice {
        /// Their number.
        person: Person,
        /// The line where they are first.
        first: usize,
    },
    /// Not a whole number where there should be one.
    NotANumber(&'static str),
    /// A vote that is not 1, −1, 0 or blank.
    NotAVote,
    /// A moderation that is not 1, 0, −1 or blank.
    NotAModeration,
    /// Neither true nor false.
    NotAFlag(&'static str),
    /// Neither seconds nor milliseconds since 1970, or after 2100.
    NotAMoment,
    /// Not JSON.
    NotJson,
    /// JSON, but not a list of such records.
    NotTheRecord,
}

impl ReadError {
    fn new(source_file: Source, line: usize, reason: Reason) -> Self {
        ReadError {
            source_file,
            line,
            reason,
        }
    }

    fn table(source_file: Source, refused: TableRefused) -> Self {
        Self::new(source_file, refused.line, Reason::Table(refused.fault))
    }
}

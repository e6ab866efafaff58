//! Conversations from files: the Polis open data (CSV) and what the Polis server keeps (JSON).
//!
//! Only text comes in here, never a file. Wrong input is refused with the file it belongs to, the
//! line and the reason; nothing is guessed.

mod comments;
mod csv;
mod json;
mod matrix;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::matrix::{Person, Statement, VoteMatrix};

pub use json::server_json;
pub use matrix::open_data;

/// A conversation as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The votes, and what is known of the statements that have votes.
    pub matrix: VoteMatrix,
    /// The words of the statements, where the file has them.
    pub texts: BTreeMap<Statement, String>,
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
    /// The first row lacks a column that is needed.
    NoColumn(&'static str),
    /// The first row has no statement.
    NoStatements,
    /// The same statement twice.
    StatementTwice,
    /// The same participant twice.
    ParticipantTwice,
    /// More or fewer fields than the first row.
    Fields {
        /// How many there are.
        have: usize,
        /// How many there should be.
        need: usize,
    },
    /// A quotation mark that is not closed, or is in a field without one.
    Quotation,
    /// Not a whole number where there should be one.
    NotANumber,
    /// A vote that is not 1, −1, 0 or blank.
    NotAVote,
    /// A moderation that is not 1, 0 or −1.
    NotAModeration,
    /// Not JSON.
    NotJson,
    /// JSON, but not a list of such records.
    NotTheRecord,
}

impl ReadError {
    fn votes(line: usize, reason: Reason) -> Self {
        ReadError {
            source_file: Source::Votes,
            line,
            reason,
        }
    }

    fn comments(line: usize, reason: Reason) -> Self {
        ReadError {
            source_file: Source::Comments,
            line,
            reason,
        }
    }
}

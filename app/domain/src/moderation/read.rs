//! What a moderator sees: the words and where they stand, never who wrote them.

use super::{Reason, State, SubjectKind};
use crate::edit::Version;

/// One thing to decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: SubjectKind,
    /// Which one.
    pub id: i64,
    /// The consultation's title.
    pub consultation: String,
    /// What the text answers: the question, or nothing for a statement.
    pub context: String,
    /// The text.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// Why it was rejected, if it was.
    pub reason: Option<Reason>,
    /// Whether its author wants it not to be published at all.
    pub private: bool,
    /// How often it has been decided on.
    pub version: Version,
}

/// What of the queue is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueFilter {
    /// Answers or statements.
    pub kind: SubjectKind,
    /// Where they stand.
    pub state: State,
    /// Which page, from 1.
    pub page: u64,
}

/// One page of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// What is shown.
    pub items: Vec<Item>,
    /// What it was asked for; the page is one that there is.
    pub filter: QueueFilter,
    /// How many there are of this kind in this state.
    pub total: u64,
    /// How many answers and statements wait.
    pub waiting: [u64; 2],
    /// How many pages there are.
    pub pages: u64,
}

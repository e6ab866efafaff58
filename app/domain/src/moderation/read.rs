//! What a moderator sees: the words and where they stand, never who wrote them.

use super::{Reason, State, SubjectKind};

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
}

/// One page of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// What is shown.
    pub items: Vec<Item>,
    /// The kind that is shown.
    pub kind: SubjectKind,
    /// The state that is shown.
    pub state: State,
    /// How many there are of this kind in this state.
    pub total: u64,
    /// How many answers and statements wait.
    pub waiting: [u64; 2],
    /// This page, from 1.
    pub page: u64,
    /// How many pages there are.
    pub pages: u64,
}

//! What residents and neighbourhood teams see of concerns.

use jiff::Timestamp;

use super::{Category, Ownership, ReplyClock, Status};
use crate::ids::ConcernId;
use crate::insight::disclosure::Shown;

/// A concern in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which one.
    pub id: ConcernId,
    /// What it is about.
    pub category: Category,
    /// Where, in words.
    pub place: String,
    /// The ward.
    pub ward: String,
    /// When it came.
    pub submitted: Timestamp,
    /// Whose it is.
    pub ownership: Ownership,
    /// How far it has come.
    pub status: Status,
    /// The reply clock.
    pub clock: ReplyClock,
}

/// A page of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueView {
    /// What is shown, most urgent first.
    pub items: Vec<Listed>,
    /// Which part: `waiting`, `answered`, `closed`.
    pub part: String,
    /// How many in this part.
    pub total: u64,
    /// How many wait for a first reply, and how many of them are overdue.
    pub waiting: (u64, u64),
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
}

/// Something that happened to a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// `routed`, `replied`, `status`.
    pub kind: String,
    /// The words.
    pub text: String,
}

/// A concern as its team, or its author, sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernView {
    /// What a list shows.
    pub listed: Listed,
    /// What happens.
    pub what: String,
    /// When a reply is due.
    pub due: Timestamp,
    /// What happened so far, oldest first.
    pub events: Vec<Event>,
    /// Whether the author may be contacted, and how: name, address. For its team only.
    pub contact: Option<(String, String)>,
}

/// What everybody sees about a ward.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaPanel {
    /// The ward's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Concerns by category, as far as they may be shown.
    pub counts: Vec<(Category, Shown)>,
    /// What people said and what was done: said, done, when.
    pub promises: Vec<(String, String, Timestamp)>,
    /// The teams that look after the ward.
    pub teams: Vec<String>,
}

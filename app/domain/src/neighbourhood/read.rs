//! What residents and neighbourhood teams see of concerns.

use jiff::Timestamp;

use super::{Category, Happened, Ownership, ReplyClock, Route, Saying, Status};
use crate::edit::Version;
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
    /// Whose it is, and where it was sent.
    pub route: Route,
    /// How far it has come.
    pub status: Status,
    /// The reply clock.
    pub clock: ReplyClock,
}

/// A part of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Nobody has replied yet.
    #[default]
    Waiting,
    /// Replied, still going on.
    Answered,
    /// Replied and ended.
    Ended,
}

/// What of the queue is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Which part.
    pub part: Part,
    /// Only those that are this body's.
    pub ownership: Option<Ownership>,
    /// Only those that have come this far.
    pub status: Option<Status>,
    /// Which page, from 1.
    pub page: u64,
}

impl Part {
    /// Every part, in the order of the tabs.
    pub const ALL: [Part; 3] = [Part::Waiting, Part::Answered, Part::Ended];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Part::Waiting => "waiting",
            Part::Answered => "answered",
            Part::Ended => "ended",
        }
    }

    /// The part of a word in an address; the first where there is none.
    pub fn from_code(code: &str) -> Self {
        let found = Self::ALL.into_iter().find(|part| part.code() == code);
        found.unwrap_or_default()
    }

    /// How far a concern in this part can have come.
    pub fn statuses(self) -> &'static [Status] {
        match self {
            Part::Waiting => Status::ALL,
            Part::Answered => &[Status::New, Status::LookingInto, Status::Planned],
            Part::Ended => &[Status::Done, Status::NoAction],
        }
    }
}

/// A page of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueView {
    /// What is shown: the most urgent first, of those that ended the latest.
    pub items: Vec<Listed>,
    /// What was asked for.
    pub filter: QueueFilter,
    /// How many in this part.
    pub total: u64,
    /// How many wait for a first reply.
    pub waiting: u64,
    /// How many of those are overdue.
    pub overdue: u64,
    /// How many pages.
    pub pages: u64,
}

/// The receipt of a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernReceipt {
    /// The code.
    pub code: String,
    /// When a reply is due.
    pub due: Timestamp,
    /// Whether it was just sent to an address.
    pub mailed: bool,
}

/// Something that happened to a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happened,
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
    /// Whether anybody reads concerns about its area, and so may keep to that.
    pub is_read: bool,
    /// What happened so far, oldest first.
    pub events: Vec<Event>,
    /// Whether the author may be contacted.
    pub may_contact: bool,
    /// How. For its team only.
    pub contact: Option<Contact>,
    /// How often it was answered.
    pub version: Version,
}

/// How to reach somebody who raised a concern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// A name; empty where none was given.
    pub name: String,
    /// An email address.
    pub email: String,
}

/// What was said and done, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The two halves.
    pub saying: Saying,
    /// When it was published.
    pub at: Timestamp,
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
    /// What people said and what was done, the latest first.
    pub promises: Vec<Said>,
    /// The teams that look after the ward.
    pub teams: Vec<String>,
}

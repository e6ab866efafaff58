//! A concern as it stands, what happens to it, and what an answer would change.

use jiff::Timestamp;

use super::{Answer, Route, Status};
use crate::ids::{AreaId, ConcernId, TeamId};

/// A concern as far as a decision looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// Which one.
    pub id: ConcernId,
    /// Where.
    pub area: AreaId,
    /// The neighbourhood teams of its area.
    pub teams: Vec<TeamId>,
    /// Whose it is, and where it was sent.
    pub route: Route,
    /// How far it has come.
    pub status: Status,
    /// When it was first replied to.
    pub replied: Option<Timestamp>,
}

/// Something that happens to a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It was said whose it is.
    Routed(Route),
    /// It was said how far it has come.
    Status(Status),
    /// Its author was written to.
    Replied(String),
}

impl Happened {
    /// The word stored for its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Happened::Routed(_) => "routed",
            Happened::Status(_) => "status",
            Happened::Replied(_) => "replied",
        }
    }

    /// What is stored beside its kind.
    pub fn text(&self) -> String {
        match self {
            Happened::Routed(route) => route.code(),
            Happened::Status(status) => status.code().to_owned(),
            Happened::Replied(words) => words.clone(),
        }
    }

    /// What these stored words mean, if they are ours.
    pub fn from_stored(kind: &str, text: String) -> Option<Self> {
        match kind {
            "routed" => Route::from_code(&text).map(Happened::Routed),
            "status" => Status::from_code(&text).map(Happened::Status),
            "replied" => Some(Happened::Replied(text)),
            _ => None,
        }
    }
}

/// What an answer changes, in the order in which it is shown; nothing where it says what is so
/// already.
pub fn changes(before: &Concern, answer: &Answer) -> Vec<Happened> {
    let mut events = Vec::new();
    if before.route != answer.route {
        events.push(Happened::Routed(answer.route.clone()));
    }
    if before.status != answer.status {
        events.push(Happened::Status(answer.status));
    }
    if !answer.reply.is_empty() {
        events.push(Happened::Replied(answer.reply.clone()));
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neighbourhood::Ownership;

    #[test]
    fn an_answer_leaves_a_trace_of_what_it_changes_and_of_nothing_else() {
        let before = Concern {
            id: ConcernId(1),
            area: AreaId(2),
            teams: vec![TeamId(3)],
            route: Route::new(Ownership::Ours, ""),
            status: Status::New,
            replied: None,
        };
        let mut answer = Answer {
            route: before.route.clone(),
            status: Status::New,
            reply: String::new(),
        };
        assert_eq!(changes(&before, &answer), []);
        answer.reply = "We stand there.".to_owned();
        answer.status = Status::Planned;
        answer.route = Route::new(Ownership::Another, "The canal trust");
        let events = changes(&before, &answer);
        assert_eq!(events.len(), 3);
        for event in events {
            assert_eq!(
                Happened::from_stored(event.kind(), event.text()),
                Some(event)
            );
        }
        assert_eq!(Happened::from_stored("status", "mended".into()), None);
        assert_eq!(Happened::from_stored("sent", "new".into()), None);
    }
}

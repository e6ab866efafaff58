//! What a team does with a concern: whose it is, where it was sent, how far it has come, and what
//! its author hears.

use super::{Ownership, Status};

use crate::typed;

/// The most characters of a reply.
pub const MOST_REPLY: usize = 3_000;
/// The most characters of where a concern was sent.
pub const MOST_SENT_TO: usize = 200;

/// An answer as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAnswer {
    /// Whose it is.
    pub ownership: Option<Ownership>,
    /// Where it was sent, if it is somebody else's.
    pub sent_to: String,
    /// How far it has come.
    pub status: Option<Status>,
    /// A reply to its author; empty for none.
    pub reply: String,
}

/// An answer that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where it goes.
    pub route: Route,
    /// How far it has come.
    pub status: Status,
    /// A reply to its author; empty for none.
    pub reply: String,
}

/// Whose a concern is, and whose exactly if it is somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose it is.
    pub ownership: Ownership,
    /// Where it was sent; empty unless it is somebody else's.
    pub sent_to: String,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerRefused {
    /// It is not said whose it is.
    #[error("no owner")]
    NoOwner,
    /// It is somebody else's, and it is not said whose.
    #[error("no receiver")]
    NoReceiver,
    /// More than [`MOST_SENT_TO`].
    #[error("receiver too long")]
    ReceiverTooLong,
    /// It is not said how far it has come.
    #[error("no status")]
    NoStatus,
    /// Nothing will be done, and it is not said why.
    #[error("no reason")]
    NoReason,
    /// More than [`MOST_REPLY`].
    #[error("reply too long")]
    TooLong,
}

/// Checks an answer to a concern that stood at `before`.
///
/// # Errors
/// Everything that is wrong, in the order of the form.
pub fn check_answer(new: &NewAnswer, before: Status) -> Result<Answer, Vec<AnswerRefused>> {
    let mut refused = Vec::new();
    let (sent_to, reply) = (typed::trimmed(&new.sent_to), typed::trimmed(&new.reply));
    let ownership = new.ownership.filter(|one| *one != Ownership::Open);
    match ownership {
        None => refused.push(AnswerRefused::NoOwner),
        Some(Ownership::Another) if sent_to.is_empty() => {
            refused.push(AnswerRefused::NoReceiver);
        }
        Some(Ownership::Another) if sent_to.chars().count() > MOST_SENT_TO => {
            refused.push(AnswerRefused::ReceiverTooLong);
        }
        Some(_) => {}
    }
    if new.status.is_none() {
        refused.push(AnswerRefused::NoStatus);
    }
    if new.status == Some(Status::NoAction) && before != Status::NoAction && reply.is_empty() {
        refused.push(AnswerRefused::NoReason);
    } else if reply.chars().count() > MOST_REPLY {
        refused.push(AnswerRefused::TooLong);
    }
    match (ownership, new.status) {
        (Some(ownership), Some(status)) if refused.is_empty() => Ok(Answer {
            route: Route::new(ownership, sent_to),
            status,
            reply: reply.to_owned(),
        }),
        _ => Err(refused),
    }
}

impl Route {
    /// Whose it is, and where it was sent if it is somebody else's.
    pub fn new(ownership: Ownership, sent_to: &str) -> Self {
        let elsewhere = ownership == Ownership::Another;
        Self {
            ownership,
            sent_to: if elsewhere { sent_to } else { "" }.to_owned(),
        }
    }

    /// As an event keeps it.
    pub fn code(&self) -> String {
        if self.sent_to.is_empty() {
            self.ownership.code().to_owned()
        } else {
            format!("{}:{}", self.ownership.code(), self.sent_to)
        }
    }

    /// The one of a kept word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        let (ownership, sent_to) = code.split_once(':').unwrap_or((code, ""));
        Some(Self::new(Ownership::from_code(ownership)?, sent_to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(ownership: Ownership, status: Status) -> NewAnswer {
        NewAnswer {
            ownership: Some(ownership),
            status: Some(status),
            ..NewAnswer::default()
        }
    }

    #[test]
    fn what_goes_to_somebody_else_says_to_whom() {
        let mut answer = new(Ownership::Another, Status::Done);
        assert_eq!(
            check_answer(&answer, Status::New),
            Err(vec![AnswerRefused::NoReceiver])
        );
        answer.sent_to = "x".repeat(MOST_SENT_TO + 1);
        assert_eq!(
            check_answer(&answer, Status::New),
            Err(vec![AnswerRefused::ReceiverTooLong])
        );
        answer.sent_to = " The canal trust: 0303 040 4040 ".to_owned();
        let route = check_answer(&answer, Status::New).map(|answer| answer.route);
        let route = route.expect("whole");
        assert_eq!(route.sent_to, "The canal trust: 0303 040 4040");
        assert_eq!(Route::from_code(&route.code()), Some(route));
        let ours = Route::new(Ownership::Ours, "typed and then not chosen");
        assert_eq!(ours.code(), "ours");
        assert_eq!(Route::from_code("ours"), Some(ours));
        assert_eq!(Route::from_code("nobody:at all"), None);
    }

    #[test]
    fn doing_nothing_is_explained_once_and_nothing_is_left_open() {
        let answer = new(Ownership::Ours, Status::NoAction);
        assert_eq!(
            check_answer(&answer, Status::New),
            Err(vec![AnswerRefused::NoReason])
        );
        assert!(check_answer(&answer, Status::NoAction).is_ok());
        let open = NewAnswer {
            ownership: Some(Ownership::Open),
            reply: "x".repeat(MOST_REPLY + 1),
            ..NewAnswer::default()
        };
        assert_eq!(
            check_answer(&open, Status::New),
            Err(vec![
                AnswerRefused::NoOwner,
                AnswerRefused::NoStatus,
                AnswerRefused::TooLong
            ])
        );
    }
}

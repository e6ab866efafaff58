//! A decision of a moderator: approve, hold, or reject for a stated reason.

use serde::{Deserialize, Serialize};

/// What is moderated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A free-text answer of a response.
    Answer,
    /// A resident's statement.
    Statement,
}

/// How far something has come in moderation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Waiting; not public.
    Held,
    /// May be public.
    Approved,
    /// Never public.
    Rejected,
}

/// Why something is rejected. The author is told the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Says who somebody is or how to reach them.
    PersonalData,
    /// Accuses or describes a named third person.
    NamedPerson,
    /// Abuse, threats, hatred.
    Abusive,
    /// Against the law, or a risk of it (defamation, contempt, copyright).
    Unlawful,
    /// Not about this consultation.
    OffTopic,
    /// Advertising or spam.
    Advertising,
    /// Says what another statement says already.
    Duplicate,
    /// Can't be agreed or disagreed with.
    NotAStatement,
}

/// What a moderator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may be public.
    Approve,
    /// It waits.
    Hold,
    /// It never leaves, for this reason.
    Reject(Reason),
}

/// Why a decision is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionRefused {
    /// No decision was chosen.
    #[error("nothing chosen")]
    NothingChosen,
    /// A rejection needs a reason that the author can be told.
    #[error("no reason")]
    NoReason,
}

/// The decision of a form's words.
///
/// # Errors
/// Where nothing, or no reason for a rejection, was chosen.
pub fn decide(word: &str, reason: &str) -> Result<Decision, DecisionRefused> {
    match word {
        "approve" => Ok(Decision::Approve),
        "hold" => Ok(Decision::Hold),
        "reject" => Reason::from_code(reason)
            .map(Decision::Reject)
            .ok_or(DecisionRefused::NoReason),
        _ => Err(DecisionRefused::NothingChosen),
    }
}

impl Decision {
    /// The word kept for this decision.
    pub fn word(self) -> &'static str {
        match self {
            Decision::Approve => "approve",
            Decision::Hold => "hold",
            Decision::Reject(_) => "reject",
        }
    }

    /// Where the thing stands after it.
    pub fn state(self) -> State {
        match self {
            Decision::Approve => State::Approved,
            Decision::Hold => State::Held,
            Decision::Reject(_) => State::Rejected,
        }
    }

    /// The reason of a rejection.
    pub fn reason(self) -> Option<Reason> {
        match self {
            Decision::Reject(reason) => Some(reason),
            Decision::Approve | Decision::Hold => None,
        }
    }
}

impl Reason {
    /// Every reason in the order a form offers them.
    pub const ALL: [Reason; 8] = [
        Reason::PersonalData,
        Reason::NamedPerson,
        Reason::Abusive,
        Reason::Unlawful,
        Reason::OffTopic,
        Reason::Advertising,
        Reason::Duplicate,
        Reason::NotAStatement,
    ];

    /// The word stored for this reason.
    pub fn code(self) -> &'static str {
        match self {
            Reason::PersonalData => "personal-data",
            Reason::NamedPerson => "named-person",
            Reason::Abusive => "abusive",
            Reason::Unlawful => "unlawful",
            Reason::OffTopic => "off-topic",
            Reason::Advertising => "advertising",
            Reason::Duplicate => "duplicate",
            Reason::NotAStatement => "not-a-statement",
        }
    }

    /// The reason of a stored word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

impl State {
    /// The word stored for this state.
    pub fn code(self) -> &'static str {
        match self {
            State::Held => "held",
            State::Approved => "approved",
            State::Rejected => "rejected",
        }
    }

    /// The state of a stored word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        [State::Held, State::Approved, State::Rejected]
            .into_iter()
            .find(|s| s.code() == code)
    }
}

impl SubjectKind {
    /// The word stored for this kind.
    pub fn code(self) -> &'static str {
        match self {
            SubjectKind::Answer => "answer",
            SubjectKind::Statement => "statement",
        }
    }

    /// The kind of a stored word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        [SubjectKind::Answer, SubjectKind::Statement]
            .into_iter()
            .find(|k| k.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejection_needs_a_reason_and_the_others_need_none() {
        assert_eq!(decide("approve", ""), Ok(Decision::Approve));
        assert_eq!(decide("hold", ""), Ok(Decision::Hold));
        assert_eq!(decide("reject", ""), Err(DecisionRefused::NoReason));
        assert_eq!(
            decide("reject", "abusive"),
            Ok(Decision::Reject(Reason::Abusive))
        );
        assert_eq!(decide("", ""), Err(DecisionRefused::NothingChosen));
    }
}

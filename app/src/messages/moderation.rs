//! Words of moderation. The reasons are also what an author reads.

use domain::edit::Changed;
use domain::moderation::{Decision, DecisionRefused, Reason, State};

use crate::ui::dates;

/// A reason as moderators and authors read it.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::PersonalData => "It says who somebody is or how to reach them",
        Reason::NamedPerson => "It names and describes another person",
        Reason::Abusive => "It is abusive or threatening",
        Reason::Unlawful => "Publishing it could be against the law",
        Reason::OffTopic => "It is not about this consultation",
        Reason::Advertising => "It is advertising",
        Reason::Duplicate => "It says the same as another statement",
        Reason::NotAStatement => "It is not something people can agree or disagree with",
    }
}

/// What to do about a decision that was not taken.
pub fn refused(refused: DecisionRefused) -> &'static str {
    match refused {
        DecisionRefused::NothingChosen => "Choose what to do with this text",
        DecisionRefused::NoReason => "Choose a reason for the rejection",
    }
}

/// What a colleague decided, who and when, without a full stop.
pub fn overtaken(changed: &Changed, state: State) -> String {
    let did = match state {
        State::Held => "put this text on hold",
        State::Approved => "approved this text",
        State::Rejected => "rejected this text",
    };
    format!("{} {did} on {}", changed.by, dates::long(changed.at))
}

/// What this moderator meant to do, as the beginning of a sentence.
pub fn meant(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => "You chose to approve it",
        Decision::Hold => "You chose to hold it",
        Decision::Reject(_) => "You chose to reject it",
    }
}

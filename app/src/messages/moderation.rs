//! Words of moderation. The reasons are also what an author reads.

use domain::moderation::{DecisionRefused, Reason};

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

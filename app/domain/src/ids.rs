//! Identities of stored things. A number of one kind can't be taken for another.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value)
            }
        }
    )*};
}

id! {
    /// A council, a police force or a voluntary body.
    OrganisationId;
    /// A team of an organisation.
    TeamId;
    /// A ward or the whole borough.
    AreaId;
    /// A member of staff.
    PersonId;
    /// A consultation.
    ConsultationId;
    /// One of the options under consultation.
    OptionId;
    /// An uploaded document.
    DocumentId;
    /// A question of a questionnaire.
    QuestionId;
    /// A response as stored; never shown to anybody.
    ResponseId;
    /// One stored answer of a response.
    AnswerId;
    /// A statement to vote on.
    StatementId;
    /// A theme of what people said.
    ThemeId;
    /// A concern about a place.
    ConcernId;
    /// A question put to a vote.
    PollId;
    /// An option, candidate or project on a ballot paper.
    PollOptionId;
}

//! A response as a value. Rows and screens are other types.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AreaId, ConsultationId, QuestionId};

/// One answer, checked against its question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Free text.
    Text(String),
    /// Places in the list of choices, from 0, ascending; and "other" in one's own words.
    Choices {
        /// The places.
        items: Vec<u32>,
        /// The words.
        other: Option<String>,
    },
    /// A number of a scale.
    Number(i64),
}

impl Answer {
    /// The free text in it, which a moderator reads before anybody else does.
    pub fn free_text(&self) -> Option<&str> {
        match self {
            Answer::Text(text) => Some(text),
            Answer::Choices { other, .. } => other.as_deref(),
            Answer::Number(_) => None,
        }
    }
}

/// What the public may see of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publication {
    /// Free text with the name.
    Named,
    /// Free text without a name.
    Anonymous,
    /// Nothing but the counts.
    Private,
}

impl Publication {
    /// The word stored for it.
    pub fn code(self) -> &'static str {
        match self {
            Publication::Named => "named",
            Publication::Anonymous => "anonymous",
            Publication::Private => "private",
        }
    }

    /// The choice of a stored or sent word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Publication::Named,
            Publication::Anonymous,
            Publication::Private,
        ]
        .into_iter()
        .find(|p| p.code() == code)
    }

    /// What a regime's publication profile lets a respondent choose. An unknown profile publishes
    /// no names.
    pub fn offered(profile: &str) -> &'static [Publication] {
        match profile {
            "names-required" => &[Publication::Named],
            "choice" => &[
                Publication::Anonymous,
                Publication::Named,
                Publication::Private,
            ],
            _ => &[Publication::Anonymous, Publication::Private],
        }
    }
}

/// The way by which a response came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// On the site.
    Online,
    /// A form on paper, keyed in.
    Paper,
    /// Taken down on the telephone.
    Phone,
    /// An email, keyed in.
    Email,
    /// At an event.
    Event,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Channel; 5] = [
        Channel::Online,
        Channel::Paper,
        Channel::Phone,
        Channel::Email,
        Channel::Event,
    ];

    /// The word stored for it.
    pub fn code(self) -> &'static str {
        match self {
            Channel::Online => "online",
            Channel::Paper => "paper",
            Channel::Phone => "phone",
            Channel::Email => "email",
            Channel::Event => "event",
        }
    }

    /// The channel of a stored word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Who responds, as far as they say. Kept apart from the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Respondent {
    /// Name.
    pub name: Option<String>,
    /// The organisation they speak for.
    pub organisation: Option<String>,
    /// Where to write to them about the outcome.
    pub email: Option<String>,
}

impl Respondent {
    /// Whether nothing was said.
    pub fn is_silent(&self) -> bool {
        self.name.is_none() && self.organisation.is_none() && self.email.is_none()
    }
}

/// A response ready to be written: every part of it checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// To which consultation.
    pub consultation: ConsultationId,
    /// How it came.
    pub channel: Channel,
    /// The ward, where it was said.
    pub area: Option<AreaId>,
    /// What the public may see.
    pub publication: Publication,
    /// Who responds.
    pub respondent: Respondent,
    /// Answers in the order of the questions; a question without an answer is not in it.
    pub answers: Vec<(QuestionId, Answer)>,
    /// When it was taken.
    pub at: Timestamp,
    /// Whether it was invented for a demonstration or a measurement.
    pub invented: bool,
}

//! A consultation and its questions as values. Rows and screens are other types.

use serde::{Deserialize, Serialize};

use super::{Choices, Milestones, QuestionKind, Stage, policy::Context};
use crate::ids::{ConsultationId, PersonId, QuestionId, TeamId};

/// What every use case on a consultation begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Which one.
    pub id: ConsultationId,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Owner team first, then partner teams.
    pub teams: Vec<TeamId>,
    /// Who wrote it and who sent it for review.
    pub authors: Vec<PersonId>,
    /// What has happened to it.
    pub milestones: Milestones,
    /// Whether residents may add statements of their own.
    pub statements_open: bool,
    /// Whether its regime allows votes.
    pub voting_allowed: bool,
    /// Which names the regime publishes: see `regime.publication_profile`.
    pub publication_profile: String,
    /// Whether it was invented for a demonstration.
    pub invented: bool,
}

/// A question as it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Which one.
    pub id: QuestionId,
    /// Its page, from 1.
    pub page: i32,
    /// Its place in the questionnaire, from 1.
    pub position: i32,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question.
    pub prompt: String,
    /// Help below the question; may be empty.
    pub hint: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether free text may be published after moderation.
    pub published: bool,
    /// Its choices, or the ends of its scale.
    pub choices: Choices,
}

impl Consultation {
    /// What permission looks at, at this moment.
    pub fn context(&self, now: jiff::Timestamp) -> Context {
        Context {
            teams: self.teams.clone(),
            stage: self.stage(now),
            authors: self.authors.clone(),
        }
    }

    /// How far it has come at this moment.
    pub fn stage(&self, now: jiff::Timestamp) -> Stage {
        self.milestones.stage(now)
    }
}

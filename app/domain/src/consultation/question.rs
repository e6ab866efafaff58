//! The kinds of question that a questionnaire can ask.

use serde::{Deserialize, Serialize};

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// One line of free text.
    ShortText,
    /// Several lines of free text.
    LongText,
    /// One of the choices.
    SingleChoice,
    /// Any of the choices, with a free "other" where allowed.
    MultipleChoice,
    /// A whole number between two labelled ends.
    Scale,
    /// The consultation's statements to agree or disagree with.
    StatementBlock,
}

/// The choices of a question, or the ends of its scale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The wording of each choice in order. Answers keep the place in this list, from 0.
    pub items: Vec<String>,
    /// Whether "other", with words of one's own, is offered.
    pub other: bool,
    /// Lowest number of a scale.
    pub from: i64,
    /// Highest number of a scale.
    pub to: i64,
    /// What the lowest number means.
    pub low: String,
    /// What the highest number means.
    pub high: String,
}

impl QuestionKind {
    /// Every kind, in the order a form offers them.
    pub const ALL: [QuestionKind; 6] = [
        QuestionKind::ShortText,
        QuestionKind::LongText,
        QuestionKind::SingleChoice,
        QuestionKind::MultipleChoice,
        QuestionKind::Scale,
        QuestionKind::StatementBlock,
    ];

    /// The word stored for this kind.
    pub fn code(self) -> &'static str {
        match self {
            QuestionKind::ShortText => "short-text",
            QuestionKind::LongText => "long-text",
            QuestionKind::SingleChoice => "single-choice",
            QuestionKind::MultipleChoice => "multiple-choice",
            QuestionKind::Scale => "scale",
            QuestionKind::StatementBlock => "statement-block",
        }
    }

    /// The kind of a stored word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

//! A response on its way to its rows, and the permission to write it.

use domain::consultation::Milestones;
use domain::response::{Answer, Submission};

use crate::granted::Admitted;

/// A submission with its key.
#[derive(Clone, Debug)]
pub struct KeyedSubmission {
    /// What is stored of the idempotency key.
    pub key: String,
    /// What is stored of the receipt code.
    pub receipt_hash: String,
    /// The response.
    pub submission: Submission,
}

/// A response that may be written.
#[derive(Debug)]
pub struct PermittedResponse<'a> {
    by: Admitted<'a, Milestones>,
    keyed: &'a KeyedSubmission,
}

impl<'a> PermittedResponse<'a> {
    /// Permission for this response, spent on it.
    pub fn new(by: Admitted<'a, Milestones>, keyed: &'a KeyedSubmission) -> Self {
        Self { by, keyed }
    }

    /// The permission, for what is written with the response.
    pub fn by(&self) -> &Admitted<'a, Milestones> {
        &self.by
    }

    pub(super) fn keyed(&self) -> &'a KeyedSubmission {
        self.keyed
    }
}

/// Calls `row` with choice, number, text and state of each row of an answer.
pub(super) fn answer_rows(
    answer: &Answer,
    mut row: impl FnMut(Option<i32>, Option<i64>, Option<&str>, &'static str),
) {
    match answer {
        // Free text waits for a moderator; there is nothing to moderate in the rest.
        Answer::Text(text) => row(None, None, Some(text), "held"),
        Answer::Number(number) => row(None, Some(*number), None, "none"),
        Answer::Choices { items, other } => {
            for item in items {
                row(i32::try_from(*item).ok(), None, None, "none");
            }
            if let Some(words) = other {
                row(None, None, Some(words), "held");
            }
        }
    }
}

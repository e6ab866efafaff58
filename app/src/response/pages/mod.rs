//! Pages of responding. Each is a function of what it shows.

mod check;
mod closed;
mod export;
mod receipt;
mod respond;
mod thread;

pub use check::check;
pub use closed::closed;
pub use export::export;
pub use receipt::{look_up, receipt};
pub use respond::respond;
pub use thread::thread;

use domain::consultation::{Question, QuestionKind};
use domain::response::Answer;

/// An answer in words.
pub fn in_words(question: &Question, answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Number(number) => {
            let end = if *number == question.choices.from {
                &question.choices.low
            } else if *number == question.choices.to {
                &question.choices.high
            } else {
                ""
            };
            if end.is_empty() {
                format!(
                    "{number}, from {} to {}",
                    question.choices.from, question.choices.to
                )
            } else {
                format!("{number}: {end}")
            }
        }
        Answer::Choices { items, other } => items
            .iter()
            .filter_map(|place| question.choices.items.get(*place as usize).cloned())
            .chain(other.iter().map(|words| format!("Other: {words}")))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// Whether words of one's own can be in the answer to this question.
pub fn has_words(question: &Question) -> bool {
    match question.kind {
        QuestionKind::ShortText | QuestionKind::LongText => true,
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice => question.choices.other,
        QuestionKind::Scale | QuestionKind::StatementBlock => false,
    }
}

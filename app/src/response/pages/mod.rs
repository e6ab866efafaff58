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

use crate::messages::response as words;

/// An answer in words.
pub fn in_words(question: &Question, answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Number(number) => {
            let scale = &question.choices;
            let step = words::step(scale, *number);
            if step == number.to_string() {
                format!("{number}, from {} to {}", scale.from, scale.to)
            } else {
                step
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

//! Reading a ballot from its form.

use domain::poll::{BallotRefused, Choice, Choices, Poll};

use crate::messages::poll::voter as words;
use crate::pairs::Pairs;
use crate::ui::form::{FieldError, FormState};

/// The signed voting code that a form carries.
pub const CODE: &str = "paper";
/// The name that the whole ballot goes by in errors.
pub const BALLOT: &str = "ballot";

/// The field of the option at this position.
pub fn mark_field(position: i32) -> String {
    format!("mark-{position}")
}

/// The ballot of a form.
///
/// # Errors
/// What to fix, and where.
pub fn ballot(poll: &Poll, pairs: &Pairs) -> Result<Choices, Vec<FieldError>> {
    let mut marks = Vec::new();
    let mut errors = Vec::new();
    for one in &poll.options {
        let field = mark_field(one.position);
        let typed = pairs.one(&field);
        if typed.is_empty() {
            continue;
        }
        match typed.parse() {
            Ok(value) => marks.push(Choice {
                option: one.position,
                value,
            }),
            Err(_) => errors.push(FieldError {
                field,
                message: words::NOT_A_NUMBER.to_owned(),
            }),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    poll.choices(&marks)
        .map_err(|refused| vec![wrong(poll, refused)])
}

/// What is wrong with a ballot, and where.
pub fn wrong(poll: &Poll, refused: BallotRefused) -> FieldError {
    let field = match refused {
        BallotRefused::TooMuchForOne { option, .. } => mark_field(option),
        _ => BALLOT.to_owned(),
    };
    FieldError {
        field,
        message: words::ballot(poll, refused),
    }
}

/// A ballot as the values of its form.
pub fn state(choices: &Choices) -> FormState {
    FormState::from_pairs(
        choices
            .marks()
            .iter()
            .map(|mark| (mark_field(mark.option), mark.value.to_string())),
    )
}

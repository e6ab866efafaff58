//! The forms of answering and deciding.

use domain::insight::{Outcome, Theme, ThemeRefused};
use jiff::civil::Date;

use crate::messages::insight as words;
use crate::pairs::Pairs;
use crate::ui::form::{FieldError, FormState};

/// The fields of a theme in their order.
const FIELDS: [&str; 7] = [
    "title", "we_asked", "you_said", "outcome", "we_did", "because", "promise",
];

/// The theme of a form, and the form as it was typed.
pub fn theme(pairs: &Pairs) -> (Theme, FormState) {
    let day = day(pairs, "promise_due");
    let mut state = FormState::from_pairs(pairs.iter());
    if matches!(day, Some(Err(()))) {
        state.refuse("promise_due", words::NOT_A_DATE);
    }
    let field = |name: &str| pairs.one(name).to_owned();
    let theme = Theme {
        id: pairs.one("theme").parse().ok().map(domain::ids::ThemeId),
        title: field("title"),
        we_asked: field("we_asked"),
        you_said: field("you_said"),
        outcome: Outcome::from_code(pairs.one("outcome")),
        we_did: field("we_did"),
        because: field("because"),
        promise: field("promise"),
        promise_due: day.and_then(Result::ok),
        kept: false,
    };
    (theme, state)
}

/// A stored theme as a form.
pub fn of_theme(theme: &Theme) -> FormState {
    let values = [
        &theme.title,
        &theme.we_asked,
        &theme.you_said,
        &theme
            .outcome
            .map(|o| o.code().to_owned())
            .unwrap_or_default(),
        &theme.we_did,
        &theme.because,
        &theme.promise,
    ];
    let mut state = FormState::new();
    for (name, value) in FIELDS.into_iter().zip(values) {
        state = state.with(name, value.clone());
    }
    if let Some(id) = theme.id {
        state = state.with("theme", id.to_string());
    }
    match theme.promise_due {
        Some(day) => with_day(state, "promise_due", day),
        None => state,
    }
}

/// The errors of a refused theme, each at its field.
pub fn theme_errors(refused: &[ThemeRefused]) -> Vec<FieldError> {
    refused
        .iter()
        .map(|refused| {
            let (field, message) = words::theme(*refused);
            FieldError {
                field: field.to_owned(),
                message: message.to_owned(),
            }
        })
        .collect()
}

/// A day of three fields: nothing where all are empty, an error where it is not a day.
pub fn day(pairs: &Pairs, name: &str) -> Option<Result<Date, ()>> {
    let part = |end: &str| pairs.one(&format!("{name}-{end}")).to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return None;
    }
    let date = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    Some(date().ok_or(()))
}

/// A form with a day in its three fields.
pub fn with_day(state: FormState, name: &str, day: Date) -> FormState {
    state
        .with(format!("{name}-day"), day.day().to_string())
        .with(format!("{name}-month"), day.month().to_string())
        .with(format!("{name}-year"), day.year().to_string())
}

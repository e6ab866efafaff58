//! The forms of answering and deciding.

use domain::calendar::{DayRefused, typed_day};
use domain::insight::{Outcome, Theme, ThemeRefused};
use domain::typed::trimmed;
use jiff::civil::Date;

use crate::messages::{insight as words, typed_days};
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
    if let TypedDay::Refused(why) = day {
        state.refuse("promise_due", typed_days::day(why));
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
        promise_due: day.date(),
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

/// What a stored theme says otherwise than a form: label and stored words of each such field.
pub fn differences(saved: &Theme, typed: &FormState) -> Vec<(String, String)> {
    let saved = of_theme(saved);
    let mut found: Vec<(String, String)> = FIELDS
        .into_iter()
        .filter(|name| trimmed(saved.get(name)) != trimmed(typed.get(name)))
        .map(|name| {
            let stored = saved.get(name);
            let shown = match (name, Outcome::from_code(stored)) {
                ("outcome", Some(outcome)) => words::outcome(outcome).to_owned(),
                _ => stored.to_owned(),
            };
            (words::field(name).to_owned(), shown)
        })
        .collect();
    let day = |state: &FormState| {
        ["day", "month", "year"].map(|part| {
            let part = state.get(&format!("promise_due-{part}")).trim();
            part.trim_start_matches('0').to_owned()
        })
    };
    if day(&saved) != day(typed) {
        let shown = day(&saved).join(" ").trim().to_owned();
        found.push((words::field("promise_due").to_owned(), shown));
    }
    found
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

/// A day as it was typed into three fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedDay {
    /// All three are empty.
    Empty,
    /// A day.
    Day(Date),
    /// Something that is no day.
    Refused(DayRefused),
}

impl TypedDay {
    /// The day, if it is one.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Empty | Self::Refused(_) => None,
        }
    }
}

/// A day of three fields.
pub fn day(pairs: &Pairs, name: &str) -> TypedDay {
    let part = |end: &str| pairs.one(&format!("{name}-{end}")).to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return TypedDay::Empty;
    }
    typed_day(&day, &month, &year).map_or_else(TypedDay::Refused, TypedDay::Day)
}

/// A form with a day in its three fields.
pub fn with_day(state: FormState, name: &str, day: Date) -> FormState {
    state
        .with(format!("{name}-day"), day.day().to_string())
        .with(format!("{name}-month"), day.month().to_string())
        .with(format!("{name}-year"), day.year().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_colleague_saved_is_shown_where_it_differs_from_what_was_typed() {
        let saved = Theme {
            id: None,
            title: "The crossing".into(),
            we_asked: "Where?".into(),
            you_said: "By the school".into(),
            outcome: Some(Outcome::Partly),
            we_did: String::new(),
            because: String::new(),
            promise: String::new(),
            promise_due: Some(Date::constant(2027, 3, 7)),
            kept: false,
        };
        let same = of_theme(&saved).with("promise_due-month", "03");
        assert_eq!(differences(&saved, &same), []);
        let typed = same
            .with("we_asked", "When?")
            .with("outcome", "did")
            .with("promise_due-day", "8");
        let pair = |label: &str, words: &str| (label.to_owned(), words.to_owned());
        assert_eq!(
            differences(&saved, &typed),
            [
                pair("We asked", "Where?"),
                pair("Did you do what people asked?", "We did part of it"),
                pair("By when?", "7 3 2027"),
            ]
        );
    }
}

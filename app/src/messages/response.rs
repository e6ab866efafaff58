//! Words of responding: refusals, and what may be personal in a text.

use std::cmp::Ordering;

use domain::consultation::{Choices, Question, QuestionKind};
use domain::personal::PersonalKind;
use domain::response::answer::SHORT;
use domain::response::grace::SendRefused;
use domain::response::read::Again;
use domain::response::{AnswerRefused, Publication};
use domain::typed;

use crate::ui::field::grouped;

/// What to do about an answer that was not taken.
pub fn answer(question: &Question, refused: AnswerRefused) -> String {
    let prompt = &question.prompt;
    match refused {
        AnswerRefused::Required => match question.kind {
            QuestionKind::SingleChoice => format!("Choose an answer: {prompt}"),
            QuestionKind::MultipleChoice => format!("Choose at least one answer: {prompt}"),
            QuestionKind::Scale => format!("Choose a number: {prompt}"),
            QuestionKind::ShortText | QuestionKind::LongText | QuestionKind::StatementBlock => {
                format!("Write an answer: {prompt}")
            }
        },
        AnswerRefused::TooLong { count, limit } => format!(
            "Your answer has {} characters and can have {}. Take out {}: {prompt}",
            grouped(count),
            grouped(limit),
            grouped(count - limit)
        ),
        AnswerRefused::MoreThanOne => format!("Choose one answer only: {prompt}"),
        AnswerRefused::OtherWithoutWords => {
            format!("Write what “other” is, or choose a different answer: {prompt}")
        }
        AnswerRefused::OtherNotChosen => format!(
            "You chose an answer and also wrote another. Choose “Other”, or take out what you \
             wrote: {prompt}"
        ),
        AnswerRefused::NotOffered => format!("Choose one of the answers: {prompt}"),
    }
}

/// The help below a question with several answers: the team’s own words, and that several may be
/// chosen, unless they say so already.
pub fn several(hint: &str) -> String {
    const ALL: &str = "Choose all that apply.";
    let said = hint.to_lowercase();
    let says_it = [
        "choose",
        "as many",
        "all that apply",
        "tick",
        "select",
        "pick",
    ];
    if says_it.iter().any(|words| said.contains(words)) {
        hint.to_owned()
    } else if hint.is_empty() {
        ALL.to_owned()
    } else {
        format!("{hint} {ALL}")
    }
}

/// A number of a scale with what it means: its ends in the team’s words, and between them to which end
/// it is nearer.
pub fn step(scale: &Choices, number: i64) -> String {
    let (low, high) = (typed::trimmed(&scale.low), typed::trimmed(&scale.high));
    let ends = (!low.is_empty(), !high.is_empty());
    let means = match number {
        n if n == scale.from => low.to_owned(),
        n if n == scale.to => high.to_owned(),
        _ if ends != (true, true) => String::new(),
        n => match (n - scale.from).cmp(&(scale.to - n)) {
            Ordering::Less => format!("nearer to “{low}”"),
            Ordering::Equal => "in the middle".to_owned(),
            Ordering::Greater => format!("nearer to “{high}”"),
        },
    };
    if means.is_empty() {
        number.to_string()
    } else {
        format!("{number}: {means}")
    }
}

/// The postcode is not shaped like one, or is not in the borough.
pub const UNKNOWN_POSTCODE: &str = "We do not know this postcode. Check it, or leave it empty and \
     choose your ward from the list";
/// The ward was not chosen from the list.
pub const UNKNOWN_WARD: &str = "Choose your ward from the list";
/// No email address.
pub const NOT_AN_EMAIL: &str = "Enter an email address like name@example.org, or leave it empty";
/// No email address to send a receipt to.
pub const NOT_AN_EMAIL_FOR_RECEIPT: &str = "Enter an email address like name@example.org";
/// Publication with a name needs a name.
pub const NO_NAME: &str = "Enter your name, or choose to be shown without it";
/// Nothing chosen.
pub const NO_PUBLICATION: &str = "Choose what the public may see";
/// The code is not known.
pub const UNKNOWN_CODE: &str =
    "We do not know this code. Check each letter and number: it has four groups of four";
/// No code.
pub const NO_CODE: &str = "Enter the code of your receipt";

/// Too many characters in a field of *about you*.
pub fn too_long(count: usize) -> String {
    format!("This has {count} characters and can have {SHORT}")
}

/// A choice of publication as it is chosen: the choice, and what it means.
pub fn publication(publication: Publication) -> (&'static str, &'static str) {
    match publication {
        Publication::Named => (
            "Show my words with my name",
            "Your name and organisation appear beside what you wrote.",
        ),
        Publication::Anonymous => (
            "Show my words without my name",
            "Nobody outside the council’s team sees who wrote them.",
        ),
        Publication::Private => (
            "Do not show my words",
            "The team reads them and your choices are counted, but your words are not published.",
        ),
    }
}

/// What was found in a text.
pub fn personal(kind: PersonalKind) -> &'static str {
    match kind {
        PersonalKind::Email => "an email address",
        PersonalKind::Phone => "a phone number",
        PersonalKind::Postcode => "a postcode",
        PersonalKind::NumberPlate => "a number plate",
        PersonalKind::Health => "a word about health",
    }
}

/// Why the check page is shown again: heading, and what to do.
pub fn again(why: Again) -> (&'static str, &'static str) {
    match why {
        Again::Expired => (
            "Look at your answers once more",
            "This page was open for more than a day, so nothing was sent yet. Your answers are all \
             still here. Check them and send them.",
        ),
        Again::NotSaved => (
            "We could not save your response",
            "The service is busy or its disk is full. Your answers are all still here. Wait a \
             minute and send them again: they can’t be counted twice.",
        ),
    }
}

/// Why nothing can be sent: heading, and what to know.
pub fn send(refused: SendRefused) -> (&'static str, &'static str) {
    match refused {
        SendRefused::Closed => (
            "This consultation has closed",
            "It no longer takes responses.",
        ),
        SendRefused::NotOpen => (
            "This consultation is not open yet",
            "You can read it now and respond once it opens.",
        ),
        SendRefused::KeyExpired => (
            "Check your answers again",
            "This page was open for more than a day, so we did not send anything.",
        ),
    }
}

/// The subject of the letter with a receipt.
pub const RECEIPT_SUBJECT: &str = "Your receipt: we have your response";

/// The letter with a receipt. `at` and `closes` as people read times; `look_up` is an address.
pub fn receipt_letter(title: &str, code: &str, at: &str, look_up: &str) -> String {
    format!(
        "We have your response to “{title}”.\n\nReceived: {at}\nReceipt code: {code}\n\nTo see \
         what happens to your words, open this page and enter the code:\n{look_up}\n\nKeep this \
         message. We do not keep the code itself, so we can’t tell it to you again.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_several_may_be_chosen_is_said_once() {
        assert_eq!(several(""), "Choose all that apply.");
        assert_eq!(
            several("Choose as many as you like."),
            "Choose as many as you like."
        );
        assert_eq!(several("Tick all that apply."), "Tick all that apply.");
        assert_eq!(
            several("On most days."),
            "On most days. Choose all that apply."
        );
    }

    #[test]
    fn every_point_of_a_scale_says_what_it_means_where_both_ends_do() {
        let scale = |low: &str, high: &str| Choices {
            from: 1,
            to: 5,
            low: low.to_owned(),
            high: high.to_owned(),
            ..Choices::default()
        };
        let whole = scale("not well", "very well");
        let steps: Vec<String> = (1..=5).map(|number| step(&whole, number)).collect();
        assert_eq!(
            steps,
            [
                "1: not well",
                "2: nearer to “not well”",
                "3: in the middle",
                "4: nearer to “very well”",
                "5: very well"
            ]
        );
        assert_eq!(step(&scale("", ""), 2), "2");
        assert_eq!(step(&scale("not well", ""), 2), "2");
    }
}

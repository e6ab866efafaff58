//! Words of answering and deciding.

use domain::edit::Changed;
use domain::insight::disclosure::Shown;
use domain::insight::read::Ballots;
use domain::insight::{DecideRefused, Outcome, PromiseState, ThemeRefused};

use crate::ui::chart::number_text;
use crate::ui::dates;

/// A theme that a colleague removed while this person changed it.
pub const REMOVED: &str =
    "A colleague has removed this theme. Your words are still here: save them to add it again";

/// What to say to somebody whom a colleague's decision has overtaken.
pub fn decided_first(changed: &Changed) -> String {
    format!(
        "{} recorded the decision on {}, so this was not saved. Your words are still here: copy \
         what you want to keep",
        changed.by,
        dates::long(changed.at)
    )
}

/// An outcome as people read it.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Did => "We did it",
        Outcome::Partly => "We did part of it",
        Outcome::DidNot => "We did not do it",
    }
}

/// How many ballots are in the polls of a consultation.
pub fn ballots(of: Ballots) -> String {
    let polls = match of.polls {
        1 => "its poll".to_owned(),
        polls => format!("its {} polls", number_text(polls)),
    };
    match of.cast {
        Shown::Count(1) => format!("1 ballot in {polls}"),
        Shown::Count(cast) => format!("{} ballots in {polls}", number_text(cast)),
        Shown::Hidden => format!("no ballots of {polls} shown yet"),
    }
}

/// How far a promise has come, after its day.
pub fn promise(state: PromiseState) -> &'static str {
    match state {
        PromiseState::Kept => "Kept.",
        PromiseState::NotDue => "Not due yet.",
        PromiseState::Overdue => "Not kept yet.",
    }
}

/// What the form calls a field of a theme.
pub fn field(name: &str) -> &'static str {
    match name {
        "title" => "What is it about?",
        "we_asked" => "We asked",
        "you_said" => "You said",
        "outcome" => "Did you do what people asked?",
        "we_did" => "We did",
        "because" => "Because",
        "promise" => "What do you promise? (optional)",
        "promise_due" => "By when?",
        _ => "Something else",
    }
}

/// The field of a theme, and what to do there.
pub fn theme(refused: ThemeRefused) -> (&'static str, &'static str) {
    match refused {
        ThemeRefused::NoTitle => ("title", "Give the theme a title"),
        ThemeRefused::NothingSaid => ("you_said", "Write what people said"),
        ThemeRefused::NoOutcome => ("outcome", "Choose whether you did it"),
        ThemeRefused::NothingDone => ("we_did", "Write what you did"),
        ThemeRefused::NoReason => ("because", "Write why, or why not"),
        ThemeRefused::NoDayForPromise => ("promise_due", "Say when you will keep the promise by"),
    }
}

/// The field of the decision, and what to do; the principle is named where it is one of law.
pub fn decide(refused: DecideRefused) -> (&'static str, String) {
    match refused {
        DecideRefused::NoTheme => (
            "themes",
            "Gunning principle of consideration: add at least one theme of what people said"
                .to_owned(),
        ),
        DecideRefused::ThemesChanged => (
            "themes",
            "A colleague changed the themes after you opened this page. Read them as they are now \
             before you go on"
                .to_owned(),
        ),
        DecideRefused::NotAnswered(1) => (
            "themes",
            "Gunning principle of consideration: 1 theme is not fully answered yet".to_owned(),
        ),
        DecideRefused::NotAnswered(n) => (
            "themes",
            format!("Gunning principle of consideration: {n} themes are not fully answered yet"),
        ),
        DecideRefused::NoWords => ("decision", "Write the decision".to_owned()),
        DecideRefused::NoEqualityAssessment => (
            "equality",
            "Enter the date of the equality impact assessment".to_owned(),
        ),
        DecideRefused::EqualityAssessmentTooLate => (
            "equality",
            "The equality impact assessment must be dated before the decision, not after it"
                .to_owned(),
        ),
    }
}

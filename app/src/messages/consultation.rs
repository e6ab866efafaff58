//! Words of drafting, reviewing and publishing.

use domain::consultation::{GateRefused, Gunning, QuestionKind};

/// More characters than a field takes.
pub fn too_long(most: usize, length: usize) -> String {
    format!(
        "Use {most} characters or fewer. Take out {}",
        length.saturating_sub(most)
    )
}

/// A moment that is none.
pub const NOT_A_MOMENT: &str = "Enter a real date and time, like 27 3 2027 at 17:00";

/// A principle by name.
pub fn principle(principle: Gunning) -> &'static str {
    match principle {
        Gunning::Formative => "Formative stage",
        Gunning::Information => "Sufficient reasons and information",
        Gunning::Time => "Adequate time",
        Gunning::Consideration => "Conscientious consideration",
    }
}

/// What is missing, and the section that mends it.
pub fn gate(refused: GateRefused) -> (&'static str, String) {
    match refused {
        GateRefused::NothingOpen => ("scope", "Say what is open to change".to_owned()),
        GateRefused::LimitsNotDeclared => ("scope", "Say what is limited or fixed".to_owned()),
        GateRefused::NoReasonForLimits => (
            "scope",
            "Say why some things are limited or fixed".to_owned(),
        ),
        GateRefused::NothingToRead => ("about", "Write a title, a summary and a text".to_owned()),
        GateRefused::NoDoNothing => (
            "options",
            "Give at least two options, one of them to do nothing".to_owned(),
        ),
        GateRefused::NothingAsked => (
            "questions",
            "Ask at least one question or give one statement".to_owned(),
        ),
        GateRefused::NoContact => ("contact", "Say whom people can ask".to_owned()),
        GateRefused::NoPeriod => (
            "dates",
            "Set when it opens and closes; it must open first".to_owned(),
        ),
        GateRefused::NoReasonForClosing => ("dates", "Say why it closes on that day".to_owned()),
        GateRefused::TooShort { days, minimum } => (
            "dates",
            format!("It is open for {days} days; the regime asks for at least {minimum}"),
        ),
        GateRefused::AlreadyOver => ("dates", "Its closing time has passed".to_owned()),
    }
}

/// A kind of question as officers read it.
pub fn kind(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::ShortText => "Short text",
        QuestionKind::LongText => "Long text",
        QuestionKind::SingleChoice => "One of several choices",
        QuestionKind::MultipleChoice => "Any of several choices",
        QuestionKind::Scale => "A number on a scale",
        QuestionKind::StatementBlock => "Statements to agree or disagree with",
    }
}

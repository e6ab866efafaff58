//! Words of drafting, reviewing and publishing.

use domain::calendar::DayRefused;
use domain::consultation::draft::{DraftRefused, LONGEST_SCALE, MOST_CHOICES, MOST_PAGES};
use domain::consultation::{GateRefused, Gunning, QuestionKind, Stage};
use domain::edit::Changed;

use crate::messages::typed_days;
use crate::ui::dates;

/// A postcode that is not of the borough, or none at all.
pub const UNKNOWN_POSTCODE: &str =
    "We do not know this postcode. Check it, or choose your ward instead";
/// A consultation without a title.
pub const TITLE_MISSING: &str = "Give it a title";
/// What was to be changed is gone.
pub const REMOVED: &str = "A colleague removed this since you opened the page. Send the form to add it again as a new one";
/// An option without a title.
pub const OPTION_MISSING: &str = "Give the option a title";
/// A vote where grounds decide.
pub const NO_VOTE: &str =
    "This consultation’s rule does not allow a vote: it is decided on reasons, not numbers";
/// No file chosen.
pub const FILE_MISSING: &str = "Choose a file";
/// More bytes than are taken.
pub const FILE_TOO_LARGE: &str = "The file must be 10 MB or smaller";
/// A picture with too many pixels.
pub const FILE_OF_TOO_MANY_PIXELS: &str =
    "The picture must be at most 50 million pixels, such as 8,000 by 6,250";
/// A picture on its side that can't be turned.
pub const FILE_NOT_TURNED: &str = "We cannot turn this picture the right way up. Turn it yourself, save \
     it as a new JPEG or PNG, and choose that";
/// None of the kinds that people can open safely.
pub const FILE_OF_WRONG_KIND: &str =
    "The file must be a PDF, Word, Excel, PNG, JPEG, CSV or text file, without macros";
/// Sent back without saying why.
pub const NOTE_MISSING: &str = "Say what has to change";
/// The owner team is not one's own.
pub const TEAM_MISSING: &str = "Choose one of your teams";
/// No rule chosen.
pub const REGIME_MISSING: &str = "Choose the rule it is held under";
/// A period the wrong way round.
pub const CLOSES_BEFORE_IT_OPENS: &str = "It must close after it opens";
/// An address without its shape.
pub const EMAIL_REFUSED: &str = "Enter an email address, such as name@example.gov.uk";

/// Why a step is not taken whose stage has passed, or not come.
pub fn moved_on(to: Stage) -> String {
    format!(
        "This has moved on since you opened the page: it now says “{}”. Nothing was changed",
        stage(to)
    )
}

/// Why a text is not approved that was sent for review again since it was read.
pub fn sent_again(changed: &Changed) -> String {
    format!(
        "{} sent it for review again at {}, after you opened the page. Read it as it is now before \
         you approve it",
        changed.by,
        dates::within(changed.at)
    )
}

/// Whether residents add statements.
pub fn residents_add(open: bool) -> &'static str {
    if open {
        "Residents may add statements of their own. Each is held until a moderator has read it."
    } else {
        "Residents can’t add statements of their own."
    }
}

/// A stage in a word or two.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "Draft",
        Stage::InReview => "In review",
        Stage::Approved => "Approved",
        Stage::Scheduled => "Opens soon",
        Stage::Open => "Open",
        Stage::Closed => "Closed",
        Stage::Answered => "Answered",
        Stage::Decided => "Decided",
        Stage::Withdrawn => "Withdrawn",
    }
}

/// More characters than a field takes.
pub fn too_long(most: usize, length: usize) -> String {
    format!(
        "Use {most} characters or fewer. Take out {}",
        length.saturating_sub(most)
    )
}

/// Why a section of a draft is not taken: the field, and what to do about it.
pub fn draft(refused: DraftRefused) -> (&'static str, String) {
    let (field, message) = match refused {
        DraftRefused::Choices => {
            let message = format!("Write between 2 and {MOST_CHOICES} choices, one on each line");
            return ("choices", message);
        }
        DraftRefused::Scale => {
            let message =
                format!("Enter the lowest and the highest number, at most {LONGEST_SCALE} apart");
            return ("from", message);
        }
        DraftRefused::Page => {
            let message = format!("The page must be a number from 1 to {MOST_PAGES}");
            return ("page", message);
        }
        DraftRefused::NoTitle => ("title", TITLE_MISSING),
        DraftRefused::UnknownRegime => ("regime", REGIME_MISSING),
        DraftRefused::YearOutOfReach => ("opens", typed_days::moment(DayRefused::YearOutOfReach)),
        DraftRefused::ClosesBeforeItOpens => ("closes", CLOSES_BEFORE_IT_OPENS),
        DraftRefused::VoteNotAllowed => ("kind", NO_VOTE),
        DraftRefused::Email => ("contact_email", EMAIL_REFUSED),
        DraftRefused::Removed => ("", REMOVED),
    };
    (field, message.to_owned())
}

/// A principle by name.
pub fn principle(principle: Gunning) -> &'static str {
    match principle {
        Gunning::Formative => "Formative stage",
        Gunning::Information => "Sufficient reasons and information",
        Gunning::Time => "Adequate time",
        Gunning::Consideration => "Conscientious consideration",
    }
}

/// What is missing, and the section that puts it right.
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
        GateRefused::PollNotReady => (
            "polls",
            "A poll is not ready: open it to see what it needs".to_owned(),
        ),
        GateRefused::PromisesToDecide => (
            "about",
            "The title, summary or text says that people decide, but every poll is indicative. Say who \
             decides, or make a poll binding"
                .to_owned(),
        ),
        GateRefused::NothingAsked => (
            "questions",
            "Ask at least one question or give one statement".to_owned(),
        ),
        GateRefused::VoteNotAllowed => (
            "statements",
            "Take the statements out: under this rule reasons decide, so no vote can be offered"
                .to_owned(),
        ),
        GateRefused::NoContact => ("contact", "Say who to contact".to_owned()),
        GateRefused::NoPeriod => (
            "dates",
            "Set when it opens and when it closes. It must open before it closes".to_owned(),
        ),
        GateRefused::NoReasonForClosing => ("dates", "Say why it closes on that day".to_owned()),
        GateRefused::TooShort { days, minimum } => (
            "dates",
            format!("It is open for {days} days; the rule asks for at least {minimum}"),
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

/// What a kind of question is good for.
pub fn kind_hint(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::ShortText => "A few words on one line",
        QuestionKind::LongText => "Several lines in people’s own words",
        QuestionKind::SingleChoice => "Write the choices below",
        QuestionKind::MultipleChoice => "Write the choices below",
        QuestionKind::Scale => "Write its two ends below",
        QuestionKind::StatementBlock => "The statements of this consultation, in the questionnaire",
    }
}

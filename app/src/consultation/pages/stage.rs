//! A stage as a tag and a line show it.

use domain::consultation::Stage;
use domain::consultation::read::Listed;
use jiff::Timestamp;

use crate::messages::consultation::stage as words;
use crate::ui::dates;
use crate::ui::parts::Tone;

/// The words and the tone of a consultation's tag: its stage, or that it is data of somebody else, of which
/// nothing is to come.
pub fn tag_of(listed: &Listed) -> (&'static str, Tone) {
    if listed.imported {
        ("Open data", Tone::Neutral)
    } else {
        stage(listed.stage)
    }
}

/// The words and the tone of a stage's tag.
pub fn stage(stage: Stage) -> (&'static str, Tone) {
    let tone = match stage {
        Stage::Open => Tone::Live,
        Stage::InReview | Stage::Approved | Stage::Scheduled => Tone::Waiting,
        Stage::Answered | Stage::Decided => Tone::Done,
        Stage::Draft | Stage::Closed | Stage::Withdrawn => Tone::Neutral,
    };
    (words(stage), tone)
}

/// The line of a card that says when it opens, closes or closed.
pub fn when(
    now: Timestamp,
    stage: Stage,
    opens: Option<Timestamp>,
    closes: Option<Timestamp>,
) -> Option<String> {
    match (stage, opens, closes) {
        (Stage::Scheduled, Some(opens), _) => Some(format!(
            "{}, {}",
            capital(&dates::opens(now, opens)),
            dates::long(opens)
        )),
        (Stage::Open, _, Some(closes)) => Some(format!(
            "{}, {}",
            capital(&dates::closes(now, closes)),
            dates::until(closes)
        )),
        (_, _, Some(closes)) => Some(format!("Closed {}", dates::last_long_date(closes))),
        _ => None,
    }
}

/// A sentence's first letter in capitals.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

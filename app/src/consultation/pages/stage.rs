//! A stage as a tag shows it.

use domain::consultation::Stage;
use domain::consultation::read::Listed;

use crate::messages::consultation::stage as words;
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
        Stage::InReview | Stage::Approved => Tone::Waiting,
        Stage::Answered | Stage::Decided => Tone::Done,
        Stage::Draft | Stage::Scheduled | Stage::Closed | Stage::Withdrawn => Tone::Neutral,
    };
    (words(stage), tone)
}

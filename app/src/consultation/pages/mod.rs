//! Pages of consultations.

mod desk;
mod feed;
mod hub;
mod lists;
mod public;
mod sections;
mod steps;

pub use desk::{desk, new, overview};
pub use feed::{Entry, atom};
pub use hub::{card, hub};
pub use lists::{documents, options, questions, statements};
pub use public::{consultation, preview};
pub use sections::{about, areas, contact, dates, scope};
pub use steps::{missing, send_back, withdraw};

use domain::consultation::Stage;

use crate::messages::consultation::stage as words;
use crate::ui::parts::Tone;

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

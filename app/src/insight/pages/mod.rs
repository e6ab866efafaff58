//! Pages of what came in and what came of it.

mod answer;
mod decide;
mod figures;
mod outcome;
mod outcomes;
mod watch;

pub use answer::{answer, remove, theme};
pub use decide::decide;
pub use figures::figures;
pub use outcome::outcome;
pub use outcomes::outcomes;
pub use watch::{region, watch};

use domain::consultation::Stage;

use crate::ui::parts::Tone;

/// The words and the tone of a stage's tag.
pub fn stage(stage: Stage) -> (&'static str, Tone) {
    match stage {
        Stage::Draft => ("Draft", Tone::Neutral),
        Stage::InReview => ("In review", Tone::Neutral),
        Stage::Approved => ("Approved", Tone::Neutral),
        Stage::Scheduled => ("Opens soon", Tone::Neutral),
        Stage::Open => ("Open", Tone::Live),
        Stage::Closed => ("Closed", Tone::Neutral),
        Stage::Answered => ("Answered", Tone::Done),
        Stage::Decided => ("Decided", Tone::Done),
        Stage::Withdrawn => ("Withdrawn", Tone::Neutral),
    }
}

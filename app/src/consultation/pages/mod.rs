//! Pages of consultations.

mod desk;
mod feed;
mod frame;
mod hub;
mod lists;
mod public;
mod sections;
mod steps;

pub use desk::{desk, new, overview};
pub use feed::atom;
pub use frame::SectionPage;
pub use hub::{card, hub};
pub use public::{consultation, preview};
pub use steps::{missing, send_back, withdraw};

use domain::consultation::Stage;
use domain::consultation::draft::Section;
use leptos::prelude::AnyView;

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

/// The page of a section.
pub fn section(page: SectionPage<'_>) -> AnyView {
    match page.view.section {
        Section::About => sections::about(page),
        Section::Scope => sections::scope(page),
        Section::Options => lists::options(page),
        Section::Places => sections::places(page),
        Section::Questions => lists::questions(page),
        Section::Statements => lists::statements(page),
        Section::Documents => lists::documents(page),
        Section::Dates => sections::dates(page),
        Section::Contact => sections::contact(page),
    }
}

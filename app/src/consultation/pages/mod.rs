//! Pages of consultations.

mod around;
mod desk;
mod feed;
mod frame;
mod lists;
mod public;
mod public_list;
mod sections;
mod stage;
mod steps;

pub use around::Around;
pub use desk::{desk, new, overview};
pub use feed::atom;
pub use frame::SectionPage;
pub use public::{consultation, preview};
pub use public_list::{card, hub};
pub use stage::{stage, when};
pub use steps::{missing, send_back, withdraw};

use domain::consultation::draft::Section;
use leptos::prelude::AnyView;

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

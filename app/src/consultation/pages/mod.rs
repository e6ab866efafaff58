//! Pages of consultations.

mod desk;
mod hub;
mod public;
mod sections;
mod steps;

pub use desk::{desk, new, overview};
pub use hub::{atom, card, hub};
pub use public::{consultation, preview};
pub use sections::{
    about, areas, contact, dates, documents, options, questions, scope, statements,
};
pub use steps::{missing, withdraw};

//! A consultation: what is asked and who is asked, how open it is, and when.

mod gate;
mod model;
mod promise;
mod question;
mod stage;

pub mod draft;
pub mod policy;
pub mod read;

pub use gate::{GateRefused, Gunning, Publication, check_publication, check_published_now};
pub use model::{Consultation, Question};
pub use promise::says_that_people_decide;
pub use question::{Choices, QuestionKind};
pub use stage::{Milestones, Stage};

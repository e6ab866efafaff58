//! Reads of responses. Names and addresses are never read here.

mod by_code;
pub mod compare_tallies;
pub mod export;
pub mod questionnaire;
mod thread;

pub use by_code::{ResponseByCode, response_by_code};
pub use thread::thread;

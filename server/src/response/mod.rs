//! Responses: one durable write each, many to a commit.
//!
//! Invariant: what is acknowledged is on the disk.

pub mod commands;
pub mod http;
pub mod key;
pub mod queries;
pub mod rows;

pub use queries::questionnaire::Questionnaires;

//! Responses: one durable write each, many to a commit.
//!
//! A response is sent through [`service::send`] and written by the [`Writer`], which other slices
//! may use for writes of their own. Invariant: what is acknowledged is on the disk.

pub mod export;
pub mod http;
mod http_check;
mod http_export;
mod http_receipt;
pub mod key;
pub mod load;
pub mod queries;
mod questionnaire;
pub mod recount;
mod rows;
pub mod service;
mod writer;

pub use questionnaire::Questionnaires;
pub use writer::{WriteRefused, Writer};

//! Responses: one durable write each, many to a commit.

pub mod http;
mod writer;

pub use writer::Writer;

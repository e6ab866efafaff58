//! Slice `insight`.

pub mod http;

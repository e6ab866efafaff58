//! Slice `vote`.

pub mod http;

//! Slice `neighbourhood`.

pub mod http;

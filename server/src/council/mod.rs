//! Slice `council`.

pub mod http;

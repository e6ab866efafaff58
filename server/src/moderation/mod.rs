//! Slice `moderation`.

pub mod http;

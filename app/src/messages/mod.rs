//! The words for every refusal, one file a slice.

pub mod moderation;
pub mod vote;

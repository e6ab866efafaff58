//! The words for every refusal, one file a slice.

pub mod insight;
pub mod moderation;
pub mod vote;

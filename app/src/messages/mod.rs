//! The words for every refusal, one file a slice.

pub mod account;
pub mod insight;
pub mod letters;
pub mod moderation;
pub mod vote;

//! The words for every refusal, one file a slice.

pub mod account;
pub mod consultation;
pub mod council;
pub mod count;
mod count_poll;
pub mod file;
pub mod insight;
pub mod letters;
pub mod level;
pub mod moderation;
pub mod neighbourhood;
pub mod opinion;
pub mod poll;
pub mod response;
pub mod typed_days;
pub mod vote;

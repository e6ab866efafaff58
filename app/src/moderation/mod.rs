//! The moderators' queue.

pub mod pages;

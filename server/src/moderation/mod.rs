//! Moderation: a queue of what residents wrote, and decisions with reasons.
//!
//! Invariant: a text's state and the decision that set it are written in one transaction.

pub mod commands;
pub mod http;
pub mod queries;
pub mod rows;

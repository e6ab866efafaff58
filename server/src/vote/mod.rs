//! Votes on statements, without an account, and the opinion groups that are found in them.
//!
//! Invariant: one voter has one vote on one statement; the counts on a statement change in the
//! transaction that changes the vote.

pub mod commands;
pub mod http;
pub mod queries;
pub mod routing;
pub mod rows;
pub mod source;

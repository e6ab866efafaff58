//! Votes on statements, without an account.
//!
//! Invariant: one voter has one vote on one statement; the counts on a statement change in the
//! transaction that changes the vote.

pub mod http;
pub mod polis;
pub mod queries;
pub mod service;

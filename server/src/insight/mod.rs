//! Dashboards, answers, decisions and outcomes.
//!
//! Invariant: a dashboard reads kept tallies, never responses.

pub mod commands;
pub mod http;
pub mod queries;

pub use commands::tell::tell_taken_part;

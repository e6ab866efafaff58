//! Dashboards, answers, decisions and outcomes.
//!
//! Invariant: a dashboard reads kept tallies, never responses.

pub mod commands;
pub mod http;
pub mod queries;
pub mod rows;

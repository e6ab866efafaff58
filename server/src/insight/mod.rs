//! Dashboards, answers, decisions and outcomes.
//!
//! Invariant: a dashboard reads kept tallies, never responses.

pub mod figures;
pub mod http;
mod opinion;
pub mod queries;
pub mod service;
mod tell;

pub use tell::tell_taken_part;

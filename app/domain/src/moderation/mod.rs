//! What may be shown: decisions of a moderator on residents' free text and statements.
//!
//! Strict by default: nothing is public before it is approved, and what is rejected never leaves.

mod decision;
pub mod policy;
pub mod read;

pub use decision::{Decision, DecisionRefused, Reason, State, SubjectKind, decide};

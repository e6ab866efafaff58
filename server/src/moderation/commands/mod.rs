//! Use cases of moderators: one file each, one function, one transaction.

mod take_decision;

pub use take_decision::{TakeDecision, take_decision};

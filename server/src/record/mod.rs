//! The record: an append-only audit trail, and the outbox of cross-slice effects.

pub mod audit;
pub mod creation;
pub mod outbox;
pub mod revision;
pub mod site;
pub mod tally;

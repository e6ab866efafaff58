//! The record: an append-only audit trail, the outbox of cross-slice effects, and what the site as a
//! whole is.

pub mod audit;
pub mod creation;
pub mod demonstration;
pub mod letters;
pub mod outbox;
pub mod revision;
pub mod site;

//! The record: an append-only audit trail with its signed heads, the outbox of cross-slice effects, and what the site as a
//! whole is.

pub mod audit;
pub mod creation;
pub mod demonstration;
pub mod heads;
pub mod letters;
pub mod outbox;
pub mod revision;
pub mod signing;
pub mod site;

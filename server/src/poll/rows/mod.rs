//! Rows of this slice, and what they mean. Only this slice names its tables.
//!
//! Invariant: what is stored and can't be read is a fault, never a poll that is not there.

pub mod ballots;
pub mod counts;
pub mod electors;
pub mod lines;
pub mod options;
pub mod polls;
pub mod shuffle;
pub mod voting;

use sea_orm::DbErr;

/// A stored value that can't be read: whose it is, what it is, and why.
fn unreadable(whose: impl std::fmt::Display, what: &str, why: impl std::fmt::Display) -> DbErr {
    DbErr::Custom(format!("{whose}: {what} can't be read: {why}"))
}

//! Rows of this slice, and what they mean. Only this slice names its tables.
//!
//! Invariant: the counts on a statement, and the version of what was said, change in the
//! transaction that changes a vote.

pub mod approved;
pub mod imported;
pub mod moderation;
pub mod opinion;
pub mod seed;
pub mod set_aside;
pub mod shuffle;
pub mod statements;
pub mod turnout;
pub mod voters;
pub mod votes;

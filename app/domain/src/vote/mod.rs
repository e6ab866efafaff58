//! Voting: opinion groups from agree / disagree / pass, ranked ballots, participatory budgets.
//!
//! Every count is a pure function of the ballots, so that anyone can run it again on a file.

pub mod budget;
pub mod opinion;
pub mod ranked;
pub mod read;
pub mod statement;
pub mod stuffing;
pub mod tally;

//! Polls: a question put to a vote, the ballot paper, who may vote, and the count.
//!
//! Here: what a poll is ([`Poll`]), what a ballot may say ([`Choices`]), who may have a ballot paper
//! ([`Electorate`]), the published list that anyone can count again ([`BallotList`]), the count
//! ([`mod@count`]). Deliberately not here: counting rules themselves (`vote::{ranked, budget, tally}`),
//! and any way from a ballot to a person. Invariant: a ballot knows no elector and an elector knows
//! no ballot; what joins them is a code that only the voter holds.

pub mod ballot;
pub mod count;
pub mod faults;
pub mod list;
pub mod model;
pub mod new;
pub mod policy;
pub mod read;
pub mod section;
pub mod stuffing;
#[cfg(test)]
mod tests;

pub use ballot::{BallotRefused, Choice, Choices, marks};
pub use count::{Counted, Wanted, count};
pub use faults::{PollRefused, check_question};
pub use list::BallotList;
pub use model::{BudgetForm, Electorate, Method, Poll, PollOption, Strength};
pub use new::{NewElector, NewOption, NewPoll};
pub use section::{PollAddress, Section};

//! Polls: a question put to a vote, the ballot paper, who may vote, and the count.
//!
//! Here: what a poll is ([`Poll`]), what a ballot may say ([`Choices`]), who may have a ballot paper
//! ([`Electorate`]), the published list that anyone can count again ([`BallotList`]), the count
//! ([`count`]). Deliberately not here: counting rules themselves (`vote::{ranked, budget, tally}`),
//! and any way from a ballot to a person. Invariant: a ballot knows no elector and an elector knows
//! no ballot; what joins them is a code that only the voter holds.

pub mod count;
pub mod list;
pub mod model;
pub mod policy;
pub mod read;

pub use count::{Counted, count};
pub use list::BallotList;
pub use model::{
    BallotRefused, Choice, Choices, Electorate, Method, Poll, PollOption, PollRefused, Strength,
};

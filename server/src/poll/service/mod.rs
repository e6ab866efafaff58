//! Use cases on a poll: one function, one transaction.

mod publish;
mod set_up;

pub use publish::{PublishRefused, ballots, publish};
pub use set_up::{NewOption, NewPoll, remove, set_up};

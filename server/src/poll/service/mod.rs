//! Use cases on a poll: one function, one transaction.

mod invented;
mod paper;
mod publish;
mod register;
mod set_up;

pub use invented::{InventedBallot, add_invented};
pub use paper::{PaperRefused, key_paper};
pub use publish::{PublishRefused, ballots, publish};
pub use register::{
    NewElector, RegisterRefused, elector_key, letter_hash, new_letters, replace_register,
};
pub use set_up::{NewOption, NewPoll, remove, set_up};

//! Use cases on a poll: one function, one transaction.

pub mod register_file;
pub mod shuffle_rows;

mod cast;
mod issue;
mod paper;
mod publish;
mod register;
mod set_up;

pub use cast::{NotCast, cast};
pub use issue::{IssueRefused, Proof, issue, link_works, request};
pub use paper::{PaperRefused, key_paper};
pub use publish::{PublishRefused, ballots, publish};
pub use register::{NewElector, RegisterRefused, elector_key, new_letters, replace_register};
pub use set_up::{NewOption, NewPoll, remove, set_up};

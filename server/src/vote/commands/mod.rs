//! Use cases of voting on statements: one file each.
//!
//! What residents send goes through the group-commit writer, many to a commit, and is durable when
//! it is answered. What moderators and the program do has a transaction of its own.

mod add_statement;
mod cast_vote;
mod forget_sources;
pub mod import_polis;
mod let_voters_back;
mod look_for_stuffing;
mod set_voters_aside;
mod shuffle_votes;
pub mod vote_writer;
mod voted;

pub use add_statement::{AddStatement, add_statement};
pub use cast_vote::{CastVote, Origin, cast_vote};
pub use domain::vote::statement::StatementRefused;
pub use forget_sources::{ForgetSources, forget_sources};
pub use import_polis::{ImportPolis, import_polis};
pub use let_voters_back::{LetVotersBack, let_voters_back};
pub use look_for_stuffing::{LookForStuffing, look_for_stuffing};
pub use set_voters_aside::{SetVotersAside, set_voters_aside};
pub use shuffle_votes::{ShuffleVotes, all_voted, shuffle_votes};
pub use voted::Voted;

//! Islands of the ballot paper.

mod spent;

pub use spent::{Spent, sentence};

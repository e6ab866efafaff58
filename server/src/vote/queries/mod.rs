//! Reads of statements and votes.

pub mod matrix;
pub mod opinion;
pub mod opinions;
mod results;
pub mod set_aside;
pub mod voting;

pub use crate::vote::routing;
pub use crate::vote::rows::voters::count as voters;
pub use results::{approved, count, results};

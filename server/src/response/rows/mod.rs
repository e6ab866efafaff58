//! Rows of this slice, and what they mean. Only this slice names its tables.

mod batch;
pub mod counts;
mod keyed;
pub mod left;
pub mod moderation;
mod postgresql;
pub mod recount;
mod sqlite;
pub mod stored;

pub use batch::write;
pub use keyed::{KeyedSubmission, PermittedResponse};

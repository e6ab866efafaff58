//! Rows of this slice, and what they mean. Only this slice names its tables.

mod read;
pub mod regimes;
pub mod search;
pub mod timetable;

pub use read::{EDIT, by_id, by_slug, lock, lock_by_slug, milestones, questions, sent_back};

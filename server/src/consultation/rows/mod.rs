//! Rows of this slice, and what they mean. Only this slice names its tables.

pub mod brief;
pub mod documents;
pub mod draft;
pub mod facts;
pub mod imported;
pub mod in_write;
pub mod outcome;
pub mod overview;
pub mod parts;
pub mod published;
mod read;
pub mod regimes;
pub mod search;
pub mod steps;
pub mod timetable;

pub use read::{
    EDIT, SEND_BACK, by_id, by_slug, lock, lock_by_slug, milestones, options, questions, sent_back,
    without_regime,
};

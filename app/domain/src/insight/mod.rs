//! What people said, what the council does about it, and what may be shown of the counts.

pub mod disclosure;
pub mod opinion;
pub mod policy;
pub mod read;
pub mod release;
mod theme;

pub use theme::{
    DecideRefused, Outcome, PromiseState, Theme, ThemeRefused, as_read, check_answers,
    check_decision, check_saved, check_theme,
};

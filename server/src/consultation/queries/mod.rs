//! Reads of consultations.

pub mod desk;
pub mod detail;
pub mod download;
mod permitted;
pub mod public_list;
pub mod section;

pub use permitted::{permitted, permitted_by};

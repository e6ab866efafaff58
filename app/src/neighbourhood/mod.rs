//! Concerns about places: forms and pages.

pub mod forms;
pub mod pages;

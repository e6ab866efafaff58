//! Staff accounts: forms and pages.

pub mod forms;
pub mod pages;

//! The hub, a consultation's page, and the desk where it is written.

pub mod forms;
pub mod pages;
pub mod section_forms;

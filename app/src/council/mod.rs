//! Places and what concerns them, public bodies and their teams.

pub mod forms;
pub mod pages;

//! Polls as voters and officers see them.

pub mod desk_forms;
pub mod forms;
pub mod pages;

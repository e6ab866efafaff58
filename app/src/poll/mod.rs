//! Polls as voters and officers see them.

pub mod desk_forms;
pub mod pages;

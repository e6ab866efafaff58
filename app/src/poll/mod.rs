//! Polls as voters and officers see them.

#[cfg(feature = "ssr")]
pub mod desk_forms;
#[cfg(feature = "ssr")]
pub mod forms;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;

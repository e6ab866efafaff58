//! Places and what concerns them: pages.

pub mod pages;

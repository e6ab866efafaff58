//! Concerns about places: raising one, following it, answering it.

pub mod pages;

//! Polls as voters and officers see them.

pub mod pages;

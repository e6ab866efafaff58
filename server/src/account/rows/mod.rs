//! Rows of this slice that are written in more than one use case.

pub mod links;
pub mod member;

//! Parts that pages are made of.

pub mod dates;
pub mod shell;

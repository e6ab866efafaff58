//! Parts that pages are made of.

pub mod shell;

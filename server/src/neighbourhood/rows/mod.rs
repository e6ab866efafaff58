//! Rows of this slice, and what they mean. Only this slice names its tables.

pub mod concern;
pub mod contact;
pub mod event;
pub mod saying;

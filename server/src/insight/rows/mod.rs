//! Rows of this slice, and what they mean. Only this slice names its tables.

pub mod release;
pub mod theme;

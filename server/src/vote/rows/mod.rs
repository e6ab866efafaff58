//! Rows of this slice, and what they mean. Only this slice names its tables.

pub mod approved;
pub mod moderation;
pub mod seed;
pub mod turnout;

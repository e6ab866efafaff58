//! Reads of this slice: who asks, one's own account, and people as administrators see them.

pub mod actor;
pub mod letters;
pub mod own;
pub mod people;

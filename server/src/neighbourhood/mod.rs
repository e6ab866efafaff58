//! Concerns about places: raised, shown to the team of the place, answered.

pub mod commands;
pub mod http;
pub mod key;
pub mod queries;
pub mod rows;

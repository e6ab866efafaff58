//! Public bodies, their teams, and the places they serve.

pub mod boundaries;
pub mod commands;
pub mod http;
pub mod queries;
pub mod rows;

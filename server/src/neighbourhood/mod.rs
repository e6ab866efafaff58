//! Neighbourhood feedback: from a resident to the neighbourhood team and back.

pub mod commands;
pub mod http;
pub mod queries;

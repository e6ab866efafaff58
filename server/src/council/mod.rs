//! Public bodies, their teams, and the places they serve.

pub mod http;
pub mod service;

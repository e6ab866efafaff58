//! Public bodies, their teams, and the places they serve.

pub mod areas;
pub mod http;
pub mod queries;
pub mod service;

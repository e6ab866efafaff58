//! Public bodies, their teams, and the places they serve.

pub mod areas;
pub mod http;
mod http_teams;
pub mod queries;
mod queries_teams;
pub mod service;
mod teams;

//! Neighbourhood feedback: from a resident to the neighbourhood team and back.

pub mod http;
mod http_desk;
pub mod queries;
pub mod service;

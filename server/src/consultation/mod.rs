//! Consultations: draft, review, publication, the hub and its pages.

pub mod commands;
pub mod http;
pub mod queries;
pub mod rows;

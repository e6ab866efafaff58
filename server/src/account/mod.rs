//! Staff accounts: sign-in, invitations, passwords, and who asks in a request.

pub mod commands;
pub mod http;
pub mod password;
pub mod queries;
pub mod rows;

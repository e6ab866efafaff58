//! Rows of this slice, and what they mean. Only this slice names its tables: person, membership,
//! one_time_link and session.

pub mod invitations;
pub mod letters;
pub mod links;
pub mod member;
pub mod people;
pub mod record;
pub mod roles;
pub mod sessions;
pub mod signed_in;

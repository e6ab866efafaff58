//! Soundings' server: use cases in transactions, reads, and the front door.
//!
//! The same noun names a slice here as in `domain` and `app`. In a slice: `commands` holds use cases
//! (one file each, one transaction), `queries` the reads, `rows` its tables, `http` the doors.
//! Deliberately not here: rules (they are in `domain`) and wording (it is in `app`).

pub mod account;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
pub mod consultation;
pub mod council;
pub mod db;
pub mod desk;
pub mod error;
pub mod granted;
pub mod http;
pub mod insight;
pub mod jobs;
pub mod key_file;
pub mod limits;
pub mod mail;
pub mod moderation;
pub mod neighbourhood;
pub mod page_cache;
pub mod poll;
pub mod private;
pub mod record;
pub mod response;
pub mod router;
pub mod secret;
pub mod session;
pub mod state;
pub mod vote;

pub use state::App;

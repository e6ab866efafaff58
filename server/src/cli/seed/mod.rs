//! `seed demo`: an invented partnership in a real borough.
//!
//! Invariant: everything invented says so, and a database that holds anything else is refused.

mod people;

pub use people::{PEOPLE, Person, people, staff};

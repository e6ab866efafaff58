//! The pages that a public body must have. Plain words that say what this software really does; a
//! council adds its own contact and data protection officer.
//!
//! Invariant: nothing is claimed here that the program does not do.

mod legal;
mod people;

pub use legal::{cookies, licences, privacy};
pub use people::{accessibility, contact, terms};

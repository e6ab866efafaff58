//! Public bodies, their teams, and the places they serve.

pub mod boundary;
mod postcode;
pub mod read;

pub use postcode::{Postcode, PostcodeRefused};

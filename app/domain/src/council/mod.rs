//! Public bodies, their teams, and the places they serve.

mod postcode;

pub use postcode::{Postcode, PostcodeRefused};

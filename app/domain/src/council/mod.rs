//! Public bodies, their teams, and the places they serve.

mod area;
pub mod boundary;
mod organisation;
mod postcode;
pub mod read;
pub mod tables;
mod team;

pub use area::{Area, AreaInCare};
pub use organisation::{Organisation, Partnership, Team};
pub use postcode::{Postcode, PostcodeRefused};
pub use team::{MOST_OF_A_NAME, NewOrganisation, TeamRefused, TeamWords, may_add_organisation};

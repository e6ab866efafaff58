//! Use cases of organisations, teams and places: one file each, one function, one transaction.
//!
//! Invariant: what people ask for is asked of the policy behind the lock on the organisation, and
//! leaves an entry in the record.

pub mod add_organisation;
pub mod add_team;
pub mod change_team;
pub mod import_areas;
pub mod import_figures;
pub mod import_postcodes;
pub mod serve_areas;

pub use add_organisation::{AddOrganisation, add_organisation};
pub use add_team::{AddTeam, add_team};
pub use change_team::{ChangeTeam, change_team};
pub use import_areas::{ImportAreas, import_areas};
pub use import_figures::{ImportFigures, import_figures};
pub use import_postcodes::{ImportPostcodes, import_postcodes};
pub use serve_areas::{ServeAreas, serve_areas};

/// What is wrong with a table that somebody brings in, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TableRefused(pub String);

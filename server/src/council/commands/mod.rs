//! Use cases of organisations, teams and places: one file each, one function, one transaction.
//!
//! Invariant: what people ask for is asked of the policy behind the lock on the organisation, and
//! leaves an entry in the record.

pub mod add_organisation;
pub mod add_team;
pub mod change_team;
pub mod import_areas;
pub mod serve_areas;

pub use add_organisation::{AddOrganisation, add_organisation};
pub use add_team::{AddTeam, add_team};
pub use change_team::{ChangeTeam, change_team};
pub use import_areas::{AreasImported, ImportAreas, import_areas};
pub use serve_areas::{ServeAreas, serve_areas};

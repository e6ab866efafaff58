//! Staff: who they are, and which role they hold for which team. Residents have no account.

mod actor;
mod email;
mod password;
pub mod policy;
pub mod read;
mod role;

pub use actor::{Actor, Member, Membership, NotPermitted};
pub use email::{Email, EmailRefused};
pub use password::{MAXIMUM_LENGTH, MINIMUM_LENGTH, PasswordRefused, check_password, normalised};
pub use role::{OrganisationKind, Role};

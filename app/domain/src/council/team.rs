//! Who may add organisations and teams, and what they need.
//!
//! Invariant: a police force or another council is never added on a page: whoever could add one
//! could let themselves into the queue of concerns. `soundings create-admin` adds those.

use crate::account::policy::ManageRefused;
use crate::account::{Email, Member, NotPermitted, OrganisationKind, Role};
use crate::ids::AreaId;

/// The most characters of a team's or an organisation's name.
pub const MOST_OF_A_NAME: usize = 120;

/// What an administrator says of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamWords {
    /// Its name, one of its kind in its organisation.
    pub name: String,
    /// The address that residents may write to.
    pub email: Email,
    /// The wards it looks after; of a police team only.
    pub areas: Vec<AreaId>,
}

/// An organisation to add, with its first administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrganisation {
    /// Its name.
    pub name: String,
    /// The name of its first administrator.
    pub person: String,
    /// Their address.
    pub email: Email,
}

/// Why a team or an organisation is not as it was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TeamRefused {
    /// There is one of this name.
    #[error("name taken")]
    NameTaken,
    /// It belongs to an organisation that this administrator does not administer.
    #[error("not permitted: {0}")]
    Manage(ManageRefused),
}

/// Whether somebody may add a voluntary body to the partnership.
///
/// # Errors
/// [`NotPermitted::Forbidden`] for all but administrators of a council.
pub fn may_add_organisation(member: &Member) -> Result<(), NotPermitted> {
    if member.holds_for(Role::Administrator, OrganisationKind::Council) {
        Ok(())
    } else {
        Err(NotPermitted::Forbidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::member;

    #[test]
    fn only_a_councils_administrator_adds_an_organisation() {
        for kind in [
            OrganisationKind::Council,
            OrganisationKind::Police,
            OrganisationKind::Voluntary,
        ] {
            for role in Role::ALL {
                let member = member(kind, &[(role, 1)]);
                let may = kind == OrganisationKind::Council && role == Role::Administrator;
                assert_eq!(
                    may_add_organisation(&member).is_ok(),
                    may,
                    "{kind:?} {role:?}"
                );
            }
        }
    }
}

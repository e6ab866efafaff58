//! Who may manage people. Everything else about staff is a person's own: their password, their
//! sessions.
//!
//! Invariant: an administrator gives roles only in the organisations they administer, so a
//! council administrator can't let anybody into the police queue.

use super::{Actor, Member, NotPermitted, Role};
use crate::ids::{OrganisationId, PersonId};

/// The administrator who asks.
///
/// # Errors
/// [`NotPermitted::SignInFirst`] for anybody who is not signed in, [`NotPermitted::Unknown`] for
/// members without the role: who works here is not everybody's business.
pub fn administrator(actor: &Actor) -> Result<&Member, NotPermitted> {
    let member = actor.signed_in()?;
    if member.holds_anywhere(Role::Administrator) {
        Ok(member)
    } else {
        Err(NotPermitted::Unknown)
    }
}

/// Why a role is neither given nor taken, or an account not disabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManageRefused {
    /// The team belongs to an organisation that this administrator does not administer.
    #[error("another organisation's team")]
    OtherOrganisation,
    /// Administrators don't shut themselves out.
    #[error("your own access")]
    OwnAccess,
}

/// Whether an administrator of `administered` may give roles in a team of `organisation`.
///
/// # Errors
/// [`ManageRefused::OtherOrganisation`].
pub fn may_give_role(
    administered: &[OrganisationId],
    organisation: OrganisationId,
) -> Result<(), ManageRefused> {
    if administered.contains(&organisation) {
        Ok(())
    } else {
        Err(ManageRefused::OtherOrganisation)
    }
}

/// Whether `administrator` may take this role from `person`.
///
/// # Errors
/// Why not.
pub fn may_take_role(
    administrator: PersonId,
    administered: &[OrganisationId],
    person: PersonId,
    organisation: OrganisationId,
    role: Role,
) -> Result<(), ManageRefused> {
    may_give_role(administered, organisation)?;
    if administrator == person && role == Role::Administrator {
        return Err(ManageRefused::OwnAccess);
    }
    Ok(())
}

/// Whether `administrator` may disable or enable `person`, who works for these organisations.
///
/// # Errors
/// Why not.
pub fn may_disable(
    administrator: PersonId,
    administered: &[OrganisationId],
    person: PersonId,
    works_for: &[OrganisationId],
) -> Result<(), ManageRefused> {
    if administrator == person {
        return Err(ManageRefused::OwnAccess);
    }
    if works_for.iter().all(|o| administered.contains(o)) {
        Ok(())
    } else {
        Err(ManageRefused::OtherOrganisation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADMIN: PersonId = PersonId(1);
    const OTHER: PersonId = PersonId(2);
    const COUNCIL: OrganisationId = OrganisationId(1);
    const POLICE: OrganisationId = OrganisationId(2);

    #[test]
    fn a_council_administrator_gives_no_role_in_the_police() {
        assert_eq!(may_give_role(&[COUNCIL], COUNCIL), Ok(()));
        assert_eq!(
            may_give_role(&[COUNCIL], POLICE),
            Err(ManageRefused::OtherOrganisation)
        );
        assert_eq!(
            may_disable(ADMIN, &[COUNCIL], OTHER, &[COUNCIL, POLICE]),
            Err(ManageRefused::OtherOrganisation)
        );
    }

    #[test]
    fn nobody_shuts_themselves_out() {
        assert_eq!(
            may_disable(ADMIN, &[COUNCIL], ADMIN, &[COUNCIL]),
            Err(ManageRefused::OwnAccess)
        );
        assert_eq!(
            may_take_role(ADMIN, &[COUNCIL], ADMIN, COUNCIL, Role::Administrator),
            Err(ManageRefused::OwnAccess)
        );
        assert_eq!(
            may_take_role(ADMIN, &[COUNCIL], ADMIN, COUNCIL, Role::Officer),
            Ok(())
        );
    }
}

//! Who may manage people. Everything else about staff is a person's own: their password, their
//! sessions.
//!
//! Invariants: an administrator gives roles only in the organisations they administer, so a council
//! administrator can't let anybody into the police queue; and an organisation never loses its last
//! administrator, since nobody on a page could make another one.

use super::{Actor, Member, NotPermitted, OrganisationKind, Role};
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

/// Whether somebody may see which letters of the site did not leave, and have one sent again: those who
/// administer the council, since the site is theirs.
///
/// # Errors
/// Why not, as [`administrator`].
pub fn may_see_letters(actor: &Actor) -> Result<(), NotPermitted> {
    if administrator(actor)?.holds_for(Role::Administrator, OrganisationKind::Council) {
        Ok(())
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
    /// Nobody else administers the organisation.
    #[error("the last administrator")]
    LastAdministrator,
}

/// A member of staff as those who manage people see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPerson {
    /// Who.
    pub id: PersonId,
    /// The organisations for which they hold any role.
    pub works_for: Vec<OrganisationId>,
    /// Those of them that nobody else administers who can sign in.
    pub alone_administers: Vec<OrganisationId>,
}

/// Whether `administrator` may manage people and teams of this organisation: give a role in it, for
/// one.
///
/// # Errors
/// [`ManageRefused::OtherOrganisation`].
pub fn may_manage(
    administrator: &Member,
    organisation: OrganisationId,
) -> Result<(), ManageRefused> {
    if administrator.administers(organisation) {
        Ok(())
    } else {
        Err(ManageRefused::OtherOrganisation)
    }
}

/// Whether `administrator` may take this role in this organisation from `person`.
///
/// # Errors
/// Why not.
pub fn may_take_role(
    administrator: &Member,
    person: &ManagedPerson,
    organisation: OrganisationId,
    role: Role,
) -> Result<(), ManageRefused> {
    may_manage(administrator, organisation)?;
    if role != Role::Administrator {
        return Ok(());
    }
    if administrator.person == person.id {
        return Err(ManageRefused::OwnAccess);
    }
    if person.alone_administers.contains(&organisation) {
        return Err(ManageRefused::LastAdministrator);
    }
    Ok(())
}

/// Whether `administrator` may manage the account of `person`: enable it, or send an invitation
/// again. Whoever may not administer every organisation that the person works for may not.
///
/// # Errors
/// Why not.
pub fn may_manage_account(
    administrator: &Member,
    person: &ManagedPerson,
) -> Result<(), ManageRefused> {
    if administrator.person == person.id {
        return Err(ManageRefused::OwnAccess);
    }
    person
        .works_for
        .iter()
        .try_for_each(|organisation| may_manage(administrator, *organisation))
}

/// Whether `administrator` may disable the account of `person`.
///
/// # Errors
/// Why not.
pub fn may_disable(administrator: &Member, person: &ManagedPerson) -> Result<(), ManageRefused> {
    may_manage_account(administrator, person)?;
    if person.alone_administers.is_empty() {
        Ok(())
    } else {
        Err(ManageRefused::LastAdministrator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Membership;
    use crate::ids::TeamId;

    const ADMIN: PersonId = PersonId(1);
    const OTHER: PersonId = PersonId(2);
    const COUNCIL: OrganisationId = OrganisationId(1);
    const POLICE: OrganisationId = OrganisationId(2);

    fn administrator(of: &[OrganisationId]) -> Member {
        Member {
            person: ADMIN,
            name: "A".into(),
            roles: of
                .iter()
                .map(|organisation| Membership {
                    team: TeamId(organisation.0),
                    organisation: *organisation,
                    kind: OrganisationKind::Council,
                    role: Role::Administrator,
                })
                .collect(),
        }
    }

    fn person(id: PersonId, works_for: &[OrganisationId]) -> ManagedPerson {
        ManagedPerson {
            id,
            works_for: works_for.to_vec(),
            alone_administers: Vec::new(),
        }
    }

    #[test]
    fn a_council_administrator_gives_no_role_in_the_police() {
        let council = administrator(&[COUNCIL]);
        assert_eq!(may_manage(&council, COUNCIL), Ok(()));
        let refused = Err(ManageRefused::OtherOrganisation);
        assert_eq!(may_manage(&council, POLICE), refused);
        let both = person(OTHER, &[COUNCIL, POLICE]);
        assert_eq!(may_manage_account(&council, &both), refused);
        assert_eq!(may_disable(&council, &both), refused);
        assert_eq!(
            may_take_role(&council, &both, POLICE, Role::Officer),
            refused
        );
        assert_eq!(
            may_take_role(&council, &both, COUNCIL, Role::Officer),
            Ok(())
        );
        let everywhere = administrator(&[COUNCIL, POLICE]);
        assert_eq!(may_disable(&everywhere, &both), Ok(()));
    }

    #[test]
    fn another_role_in_the_organisation_administers_nothing() {
        let mut officer = administrator(&[COUNCIL]);
        officer.roles[0].role = Role::Officer;
        let refused = Err(ManageRefused::OtherOrganisation);
        assert_eq!(may_manage(&officer, COUNCIL), refused);
    }

    #[test]
    fn letters_are_seen_by_those_who_administer_the_council() {
        let of = |kind, role| {
            let mut member = administrator(&[COUNCIL]);
            member.roles[0].kind = kind;
            member.roles[0].role = role;
            may_see_letters(&Actor::Member(member))
        };
        let unknown = Err(NotPermitted::Unknown);
        for role in Role::ALL {
            let right = if role == Role::Administrator {
                Ok(())
            } else {
                unknown
            };
            assert_eq!(of(OrganisationKind::Council, role), right, "{role:?}");
        }
        assert_eq!(of(OrganisationKind::Police, Role::Administrator), unknown);
        assert_eq!(
            of(OrganisationKind::Voluntary, Role::Administrator),
            unknown
        );
        assert_eq!(
            may_see_letters(&Actor::Anyone),
            Err(NotPermitted::SignInFirst)
        );
    }

    #[test]
    fn nobody_shuts_themselves_out() {
        let me = administrator(&[COUNCIL]);
        let own = person(ADMIN, &[COUNCIL]);
        let refused = Err(ManageRefused::OwnAccess);
        assert_eq!(may_disable(&me, &own), refused);
        assert_eq!(may_manage_account(&me, &own), refused);
        assert_eq!(
            may_take_role(&me, &own, COUNCIL, Role::Administrator),
            refused
        );
        assert_eq!(may_take_role(&me, &own, COUNCIL, Role::Officer), Ok(()));
    }

    #[test]
    fn the_last_administrator_of_an_organisation_stays() {
        let me = administrator(&[COUNCIL, POLICE]);
        let last = ManagedPerson {
            alone_administers: vec![POLICE],
            ..person(OTHER, &[COUNCIL, POLICE])
        };
        let refused = Err(ManageRefused::LastAdministrator);
        assert_eq!(may_disable(&me, &last), refused);
        let take = |organisation, role| may_take_role(&me, &last, organisation, role);
        assert_eq!(take(POLICE, Role::Administrator), refused);
        assert_eq!(take(COUNCIL, Role::Administrator), Ok(()));
        assert_eq!(take(POLICE, Role::Officer), Ok(()));
        assert_eq!(may_manage_account(&me, &last), Ok(()));
    }
}

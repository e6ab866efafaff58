//! Who asks. Built once for a request; every permission is a function of it.

use super::{OrganisationKind, Role};
use crate::ids::{OrganisationId, PersonId, TeamId};

/// One role of a member of staff, and where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The team it is held for.
    pub team: TeamId,
    /// The organisation of that team.
    pub organisation: OrganisationId,
    /// What that organisation is.
    pub kind: OrganisationKind,
    /// The role.
    pub role: Role,
}

/// A member of staff, signed in, with every role held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who it is.
    pub person: PersonId,
    /// The name shown to colleagues.
    pub name: String,
    /// Each role held.
    pub roles: Vec<Membership>,
}

/// Who asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Anybody: a resident, a visitor.
    Anyone,
    /// A member of staff.
    Member(Member),
}

/// Why something is not permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPermitted {
    /// It needs somebody who is signed in.
    #[error("sign in first")]
    SignInFirst,
    /// It may not be known to this person that the thing exists.
    #[error("not found")]
    Unknown,
    /// Known, but not allowed.
    #[error("not allowed")]
    Forbidden,
    /// Allowed to this person, but not at the stage that the thing is at now: somebody moved it on,
    /// or its time has come or gone.
    #[error("not allowed at this stage")]
    NotNow,
}

impl Actor {
    /// The signed-in member, if there is one.
    pub fn member(&self) -> Option<&Member> {
        match self {
            Actor::Anyone => None,
            Actor::Member(member) => Some(member),
        }
    }

    /// The signed-in member, or the reason to sign in.
    ///
    /// # Errors
    /// [`NotPermitted::SignInFirst`] for anybody else.
    pub fn signed_in(&self) -> Result<&Member, NotPermitted> {
        self.member().ok_or(NotPermitted::SignInFirst)
    }
}

impl Member {
    /// Whether this role is held for this team.
    pub fn holds(&self, role: Role, team: TeamId) -> bool {
        self.roles
            .iter()
            .any(|held| held.team == team && held.role == role)
    }

    /// Whether this role is held for any of these teams.
    pub fn holds_in(&self, role: Role, teams: &[TeamId]) -> bool {
        teams.iter().any(|team| self.holds(role, *team))
    }

    /// Whether this role is held for any team at all.
    pub fn holds_anywhere(&self, role: Role) -> bool {
        self.roles.iter().any(|held| held.role == role)
    }

    /// Whether this role is held in an organisation of this kind.
    pub fn holds_for(&self, role: Role, kind: OrganisationKind) -> bool {
        self.roles
            .iter()
            .any(|held| held.kind == kind && held.role == role)
    }

    /// Whether any role is held in any of these teams.
    pub fn belongs_to(&self, teams: &[TeamId]) -> bool {
        self.roles.iter().any(|held| teams.contains(&held.team))
    }

    /// The teams for which this role is held.
    pub fn teams_as(&self, role: Role) -> Vec<TeamId> {
        self.roles
            .iter()
            .filter(|held| held.role == role)
            .map(|held| held.team)
            .collect()
    }

    /// Whether they administer this organisation.
    pub fn administers(&self, organisation: OrganisationId) -> bool {
        self.roles
            .iter()
            .any(|held| held.organisation == organisation && held.role == Role::Administrator)
    }
}

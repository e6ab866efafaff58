//! Who may see and answer concerns: the neighbourhood team of the area; officers of the council
//! those that were referred to it. Planning staff see none of the police queue.

use super::Ownership;
use crate::account::{Actor, Member, NotPermitted, OrganisationKind, Role};
use crate::ids::TeamId;

/// What permission looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The neighbourhood teams of the concern's area.
    pub teams: Vec<TeamId>,
    /// Whose it is.
    pub ownership: Ownership,
}

/// Whether somebody sees the queue at all, and which part of it.
///
/// # Errors
/// Why not.
pub fn may_see_queue(actor: &Actor) -> Result<Queue, NotPermitted> {
    let member = actor.signed_in()?;
    if member.holds_anywhere(Role::NeighbourhoodOfficer) {
        Ok(Queue::Team(member.teams_as(Role::NeighbourhoodOfficer)))
    } else if referred_to(member) {
        Ok(Queue::Referred)
    } else {
        Err(NotPermitted::Forbidden)
    }
}

/// The part of the queue that somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Everything in the areas of these teams.
    Team(Vec<TeamId>),
    /// What was referred to the council.
    Referred,
}

/// Referrals go to the moderators of the council, who hold no planning powers over them.
fn referred_to(member: &Member) -> bool {
    member.holds_for(Role::Moderator, OrganisationKind::Council)
}

/// Whether somebody may see and answer this concern.
///
/// # Errors
/// Unknown where it may not be known to exist.
pub fn may_answer(actor: &Actor, on: &Context) -> Result<(), NotPermitted> {
    let member = actor.signed_in()?;
    let team = member.holds_in(Role::NeighbourhoodOfficer, &on.teams);
    let referral = on.ownership == Ownership::Council && referred_to(member);
    if team || referral {
        Ok(())
    } else {
        Err(NotPermitted::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Membership;
    use crate::ids::{OrganisationId, PersonId};

    fn actor(kind: OrganisationKind, role: Role) -> Actor {
        Actor::Member(Member {
            person: PersonId(1),
            name: "A".into(),
            roles: vec![Membership {
                team: TeamId(7),
                organisation: OrganisationId(1),
                kind,
                role,
            }],
        })
    }

    #[test]
    fn only_the_areas_team_sees_a_concern_and_the_council_only_what_is_referred() {
        let ours = Context {
            teams: vec![TeamId(7)],
            ownership: Ownership::Open,
        };
        let elsewhere = Context {
            teams: vec![TeamId(8)],
            ownership: Ownership::Open,
        };
        let referred = Context {
            teams: vec![TeamId(8)],
            ownership: Ownership::Council,
        };
        let police = actor(OrganisationKind::Police, Role::NeighbourhoodOfficer);
        assert_eq!(may_answer(&police, &ours), Ok(()));
        assert_eq!(may_answer(&police, &elsewhere), Err(NotPermitted::Unknown));
        for role in Role::ALL {
            let council = actor(OrganisationKind::Council, role);
            if role == Role::NeighbourhoodOfficer {
                continue;
            }
            assert_eq!(
                may_answer(&council, &ours),
                Err(NotPermitted::Unknown),
                "{role:?}"
            );
            let sees = may_answer(&council, &referred).is_ok();
            assert_eq!(sees, role == Role::Moderator, "{role:?}");
            assert_eq!(
                may_see_queue(&council).is_ok(),
                role == Role::Moderator,
                "{role:?}"
            );
        }
        assert_eq!(
            may_answer(&Actor::Anyone, &ours),
            Err(NotPermitted::SignInFirst)
        );
    }
}

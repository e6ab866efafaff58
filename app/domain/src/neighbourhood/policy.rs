//! Who may see and answer concerns: the neighbourhood team of the area; officers of the council
//! those that were referred to it. Planning staff see none of the police queue.

use super::{Concern, Ownership};
use crate::account::{Actor, Member, NotPermitted, OrganisationKind, Role};
use crate::ids::TeamId;

/// Whether somebody may raise a concern: anybody may, signed in or not.
///
/// # Errors
/// None today; a use case asks all the same, so that the rule has one place.
pub fn may_raise(_: &Actor) -> Result<(), NotPermitted> {
    Ok(())
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
pub fn may_answer(actor: &Actor, on: &Concern) -> Result<(), NotPermitted> {
    let member = actor.signed_in()?;
    let referral = on.route.ownership == Ownership::Council && referred_to(member);
    if sees_contact(actor, on) || referral {
        Ok(())
    } else {
        Err(NotPermitted::Unknown)
    }
}

/// Whether somebody sees how to reach the author of this concern. The form promises that the team
/// of the place alone does.
pub fn sees_contact(actor: &Actor, on: &Concern) -> bool {
    let member = actor.member();
    member.is_some_and(|member| member.holds_in(Role::NeighbourhoodOfficer, &on.teams))
}

/// Whether somebody may say what was done about an area that these teams look after, and for which
/// of them.
///
/// # Errors
/// Why not.
pub fn may_say_what_was_done(actor: &Actor, teams: &[TeamId]) -> Result<TeamId, NotPermitted> {
    actor
        .signed_in()?
        .teams_as(Role::NeighbourhoodOfficer)
        .into_iter()
        .find(|team| teams.contains(team))
        .ok_or(NotPermitted::Forbidden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AreaId, ConcernId};
    use crate::made_up::member;
    use crate::neighbourhood::{Route, Status};

    fn concern(team: i64, ownership: Ownership) -> Concern {
        Concern {
            id: ConcernId(1),
            area: AreaId(1),
            teams: vec![TeamId(team)],
            route: Route::new(ownership, ""),
            status: Status::New,
            replied: None,
        }
    }

    fn actor(kind: OrganisationKind, role: Role) -> Actor {
        Actor::Member(member(kind, &[(role, 7)]))
    }

    #[test]
    fn only_the_areas_team_sees_a_concern_and_the_council_only_what_is_referred() {
        let ours = concern(7, Ownership::Open);
        let elsewhere = concern(8, Ownership::Open);
        let referred = concern(8, Ownership::Council);
        let police = actor(OrganisationKind::Police, Role::NeighbourhoodOfficer);
        assert_eq!(may_answer(&police, &ours), Ok(()));
        assert_eq!(may_answer(&police, &elsewhere), Err(NotPermitted::Unknown));
        assert!(sees_contact(&police, &ours) && !sees_contact(&police, &referred));
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
    #[test]
    fn what_was_done_is_said_by_a_team_of_the_place() {
        let police = actor(OrganisationKind::Police, Role::NeighbourhoodOfficer);
        let may = |teams: &[TeamId]| may_say_what_was_done(&police, teams);
        assert_eq!(may(&[TeamId(3), TeamId(7)]), Ok(TeamId(7)));
        assert_eq!(may(&[TeamId(8)]), Err(NotPermitted::Forbidden));
        let council = actor(OrganisationKind::Council, Role::Officer);
        assert_eq!(
            may_say_what_was_done(&council, &[TeamId(7)]),
            Err(NotPermitted::Forbidden)
        );
        assert_eq!(
            may_say_what_was_done(&Actor::Anyone, &[TeamId(7)]),
            Err(NotPermitted::SignInFirst)
        );
    }
}

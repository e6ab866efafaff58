//! Who sees the queue of texts. Whether one text may be decided on is asked of its consultation.

use crate::account::{Actor, NotPermitted, Role};
use crate::ids::TeamId;

/// The teams whose consultations this person moderates.
///
/// # Errors
/// Where they moderate for no team.
pub fn may_see_queue(actor: &Actor) -> Result<Vec<TeamId>, NotPermitted> {
    let teams = actor.signed_in()?.teams_as(Role::Moderator);
    if teams.is_empty() {
        Err(NotPermitted::Forbidden)
    } else {
        Ok(teams)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::OrganisationKind;
    use crate::made_up;

    #[test]
    fn moderators_see_the_queue_of_their_teams_and_nobody_else_sees_any() {
        let member = |roles: &[(Role, i64)]| {
            Actor::Member(made_up::member(OrganisationKind::Council, roles))
        };
        let both = member(&[(Role::Moderator, 1), (Role::Officer, 2)]);
        assert_eq!(may_see_queue(&both), Ok(vec![TeamId(1)]));
        assert_eq!(
            may_see_queue(&member(&[(Role::Officer, 1)])),
            Err(NotPermitted::Forbidden)
        );
        assert_eq!(
            may_see_queue(&Actor::Anyone),
            Err(NotPermitted::SignInFirst)
        );
    }
}

//! Who may do what with a consultation: role ∧ context ∧ phase ∧ ownership, asked once.

use super::Stage;
use crate::account::{Actor, Member, NotPermitted, OrganisationKind, Role};
use crate::ids::{PersonId, TeamId};

/// What permission looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Owner team first, then partner teams.
    pub teams: Vec<TeamId>,
    /// Where it stands.
    pub stage: Stage,
    /// Who wrote it or last sent it for review.
    pub authors: Vec<PersonId>,
}

/// What may be done with a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Read it.
    View,
    /// Change its words, options, questions, documents.
    Edit,
    /// Send it for review.
    SubmitForReview,
    /// Approve it, or send it back.
    Approve,
    /// Publish it: set it to open at its time.
    Publish,
    /// Take it back.
    Withdraw,
    /// Respond and vote.
    Respond,
    /// Watch responses come in.
    Watch,
    /// Moderate free text and statements.
    Moderate,
    /// Answer themes.
    Answer,
    /// Record the decision.
    Decide,
    /// Export responses.
    Export,
}

impl Permission {
    /// Every permission, in the order of the matrix.
    pub const ALL: [Permission; 12] = [
        Permission::View,
        Permission::Edit,
        Permission::SubmitForReview,
        Permission::Approve,
        Permission::Publish,
        Permission::Withdraw,
        Permission::Respond,
        Permission::Watch,
        Permission::Moderate,
        Permission::Answer,
        Permission::Decide,
        Permission::Export,
    ];
}

/// Whether `actor` may do this with a consultation in this context.
///
/// # Errors
/// [`NotPermitted::Unknown`] where even its existence is private, [`NotPermitted::NotNow`] where it
/// is this person's to do, but at another stage; else why it is not allowed.
pub fn may(actor: &Actor, permission: Permission, on: &Context) -> Result<(), NotPermitted> {
    use Role::{Analyst, Approver, Moderator, Officer};
    use Stage::{Answered, Approved, Closed, Draft, InReview, Open, Scheduled};
    let member = actor.member();
    let in_team = |roles: &[Role]| {
        member.is_some_and(|m| roles.iter().any(|role| m.holds_in(*role, &on.teams)))
    };
    let author = member.is_some_and(|m| on.authors.contains(&m.person));
    let known = on.stage.is_public() || member.is_some_and(|m| sees_unpublished(m, on));
    if !known {
        return Err(
            if member.is_none()
                && permission != Permission::View
                && permission != Permission::Respond
            {
                NotPermitted::SignInFirst
            } else {
                NotPermitted::Unknown
            },
        );
    }
    if member.is_none() && !matches!(permission, Permission::View | Permission::Respond) {
        return Err(NotPermitted::SignInFirst);
    }
    let allowed = |stage: Stage| {
        let after_open = stage.has_opened();
        match permission {
            Permission::View => true,
            Permission::Respond => stage == Open,
            Permission::Edit => in_team(&[Officer]) && stage == Draft,
            Permission::SubmitForReview => in_team(&[Officer]) && stage == Draft,
            Permission::Approve => in_team(&[Approver]) && !author && stage == InReview,
            Permission::Publish => in_team(&[Officer, Approver]) && stage == Approved,
            Permission::Withdraw => {
                in_team(&[Officer]) && matches!(stage, InReview | Approved | Scheduled)
            }
            Permission::Watch => in_team(&[Officer, Approver, Moderator, Analyst]) && after_open,
            Permission::Moderate => in_team(&[Moderator]) && after_open,
            Permission::Answer => in_team(&[Officer]) && matches!(stage, Closed | Answered),
            Permission::Decide => in_team(&[Officer]) && stage == Answered,
            Permission::Export => in_team(&[Officer, Analyst]) && after_open,
        }
    };
    if allowed(on.stage) {
        Ok(())
    } else if Stage::ALL.into_iter().any(allowed) {
        Err(NotPermitted::NotNow)
    } else {
        Err(NotPermitted::Forbidden)
    }
}

/// Drafts are seen by council and voluntary staff of their own teams, and by auditors of a
/// council. The police see no council drafts unless their team is a partner.
fn sees_unpublished(member: &Member, on: &Context) -> bool {
    member.belongs_to(&on.teams) || member.holds_for(Role::Auditor, OrganisationKind::Council)
}

/// Whether somebody may begin a consultation for this team.
///
/// # Errors
/// Why not.
pub fn may_create(actor: &Actor, team: TeamId) -> Result<(), NotPermitted> {
    let member = actor.signed_in()?;
    if member.holds(Role::Officer, team) {
        Ok(())
    } else {
        Err(NotPermitted::Forbidden)
    }
}

/// Whether somebody may see the overview of a consultation at the desk: its teams, and auditors.
///
/// # Errors
/// Why not.
pub fn may_see_overview(actor: &Actor, on: &Context) -> Result<(), NotPermitted> {
    let member = actor.signed_in()?;
    if member.belongs_to(&on.teams) || member.holds_anywhere(Role::Auditor) {
        Ok(())
    } else {
        Err(NotPermitted::Forbidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::council;

    #[test]
    fn the_overview_is_for_its_teams_and_for_auditors() {
        let on = Context {
            teams: vec![TeamId(1), TeamId(2)],
            stage: Stage::Draft,
            authors: Vec::new(),
        };
        for role in Role::ALL {
            for team in [1, 2] {
                assert_eq!(may_see_overview(&council(role, team), &on), Ok(()));
            }
            let elsewhere = may_see_overview(&council(role, 3), &on);
            assert_eq!(elsewhere.is_ok(), role == Role::Auditor, "{role:?}");
        }
        let nobody = may_see_overview(&Actor::Anyone, &on);
        assert_eq!(nobody, Err(NotPermitted::SignInFirst));
    }
}

//! Takes a role in a team from somebody.

use domain::account::Role;
use domain::account::policy::{ManageRefused, may_take_role};
use domain::ids::{PersonId, TeamId};

use super::grant_role;
use crate::App;
use crate::account::rows::{record, roles};
use crate::error::Refused;
use crate::granted::Caller;

/// Takes a role in a team from somebody.
#[derive(Clone, Debug)]
pub struct TakeRole {
    /// From whom.
    pub person: PersonId,
    /// The team.
    pub team: TeamId,
    /// The role.
    pub role: Role,
}

/// Takes a role away; taking it twice is taking it once. It counts from their very next click.
///
/// # Errors
/// The team is not the caller's to administer; it is their own access, or the last of its kind.
pub async fn take_role(
    app: &App,
    caller: &Caller,
    command: TakeRole,
) -> Result<(), Refused<ManageRefused>> {
    let TakeRole { person, team, role } = command;
    let tx = app.db.begin().await?;
    let granted = grant_role(&tx, caller, person, team, |member, on| {
        may_take_role(member, &on.person, on.team.organisation.id, role)
    })
    .await?;
    if !roles::remove_role(&granted, person, team, role).await? {
        return Ok(());
    }
    let detail = format!("team {team} {}", role.code());
    record::record(&granted, "person.role-taken", person, &detail).await?;
    tx.commit().await?;
    Ok(())
}

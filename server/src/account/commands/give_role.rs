//! Gives somebody a role in a team.

use domain::account::Role;
use domain::account::policy::{ManageRefused, may_manage};
use domain::ids::{PersonId, TeamId};

use super::grant_role;
use crate::App;
use crate::account::rows::{record, roles};
use crate::error::Refused;
use crate::granted::Caller;

/// Gives somebody a role in a team.
#[derive(Clone, Debug)]
pub struct GiveRole {
    /// Who.
    pub person: PersonId,
    /// The team.
    pub team: TeamId,
    /// The role.
    pub role: Role,
}

/// Gives a role; giving it twice is giving it once.
///
/// # Errors
/// The team is not the caller's to administer.
pub async fn give_role(
    app: &App,
    caller: &Caller,
    command: GiveRole,
) -> Result<(), Refused<ManageRefused>> {
    let GiveRole { person, team, role } = command;
    let tx = app.db.begin().await?;
    let granted = grant_role(&tx, caller, person, team, |member, on| {
        may_manage(member, on.team.organisation.id)
    })
    .await?;
    if !roles::add_role(&granted, person, team, role).await? {
        return Ok(());
    }
    let detail = format!("team {team} {}", role.code());
    record::record(&granted, "person.role-given", person, &detail).await?;
    tx.commit().await?;
    Ok(())
}

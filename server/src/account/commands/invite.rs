//! Invites somebody to a first role.

use domain::account::policy::{ManageRefused, administrator, may_manage};
use domain::account::{Email, Role};
use domain::edit::CreationKey;
use domain::ids::{PersonId, TeamId};

use crate::App;
use crate::account::rows::people::{self, NewPerson};
use crate::account::rows::{invitations, record, roles};
use crate::council::rows::locks;
use crate::error::{Denied, Fault, Refused};
use crate::granted::{Caller, Granted};
use crate::record::creation;

/// Invites somebody.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: Email,
    /// Their first team.
    pub team: TeamId,
    /// Their first role.
    pub role: Role,
    /// The key of the form.
    pub key: CreationKey,
}

/// Why nobody was invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InviteRefused {
    /// The address is somebody's already.
    EmailTaken,
    /// The role may not be given by this administrator.
    Manage(ManageRefused),
}

/// Invites somebody to a first role. The same form twice invites one person once.
///
/// # Errors
/// The team is not the caller's to administer, or the address is somebody's.
pub async fn invite(
    app: &App,
    caller: &Caller,
    command: Invite,
) -> Result<PersonId, Refused<InviteRefused>> {
    administrator(&caller.actor)?;
    let tx = app.db.begin().await?;
    let locked = locks::lock_team(&tx, command.team)
        .await?
        .ok_or(Denied::NotFound)?;
    let team = Granted::ask_with_reason(&tx, caller, locked, |actor, team| {
        may_manage(administrator(actor)?, team.organisation.id)
            .map_err(|why| Refused::Because(InviteRefused::Manage(why)))
    })
    .await?;
    let key = creation::key_with(
        &command.key,
        &(&command.name, &command.email, command.team, command.role),
    );
    if let Some(made) = creation::made(&team, &key).await? {
        return Ok(PersonId(made.parse().map_err(Fault::unexpected)?));
    }
    let new = NewPerson {
        name: command.name,
        email: command.email,
        password_hash: None,
    };
    let Some(id) = people::insert_person(&team, &new).await? else {
        return Err(Refused::Because(InviteRefused::EmailTaken));
    };
    roles::add_role(&team, id, command.team, command.role).await?;
    let base_url = &app.config.base_url;
    invitations::invite(&team, base_url, id, &new.name, new.email.as_str()).await?;
    creation::keep(&team, &key, id).await?;
    let detail = format!("team {} {}", command.team, command.role.code());
    record::record(&team, "person.invited", id, &detail).await?;
    tx.commit().await?;
    Ok(id)
}

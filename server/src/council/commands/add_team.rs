//! Adds a team to an organisation.

use domain::account::policy::{administrator, may_manage};
use domain::council::{TeamRefused, TeamWords};
use domain::edit::CreationKey;
use domain::ids::{OrganisationId, TeamId};

use crate::App;
use crate::council::rows::{locks, teams, write};
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::record::creation;

/// Adds a team to an organisation.
#[derive(Clone, Debug)]
pub struct AddTeam {
    /// The organisation.
    pub to: OrganisationId,
    /// What the administrator says of the team.
    pub words: TeamWords,
    /// The key of the form.
    pub key: CreationKey,
}

/// Adds a team to an organisation. The same form twice, or the same words, add it once.
///
/// # Errors
/// The organisation is not the caller's to administer, or has a team of this name with another
/// address.
pub async fn add_team(
    app: &App,
    caller: &Caller,
    command: AddTeam,
) -> Result<TeamId, Refused<TeamRefused>> {
    administrator(&caller.actor)?;
    let tx = app.db.begin().await?;
    let locked = locks::lock_organisation(&tx, command.to)
        .await?
        .ok_or(Denied::NotFound)?;
    let organisation = Granted::ask_with_reason(&tx, caller, locked, |actor, on| {
        may_manage(administrator(actor)?, on.id)
            .map_err(|why| Refused::Because(TeamRefused::Manage(why)))
    })
    .await?;
    let key = creation::key_with(&command.key, &(command.to, &command.words));
    if let Some(made) = creation::made(&organisation, &key).await? {
        return Ok(TeamId(
            made.parse().map_err(crate::error::Fault::unexpected)?,
        ));
    }
    let (of, words) = (organisation.root().id, &command.words);
    if let Some(known) = teams::team_named(&tx, of, &words.name, None).await? {
        return if known.email == words.email.as_str() {
            Ok(known.id)
        } else {
            Err(Refused::Because(TeamRefused::NameTaken))
        };
    }
    let id = write::team(&organisation, of, &words.name, words.email.as_str()).await?;
    creation::keep(&organisation, &key, id).await?;
    write::record(
        &organisation,
        "team.added",
        &format!("team {id}"),
        &words.name,
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

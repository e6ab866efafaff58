//! Changes a team's words and, if it is one of the police, the wards it looks after.

use domain::account::OrganisationKind;
use domain::account::policy::{administrator, may_manage};
use domain::council::{TeamRefused, TeamWords};
use domain::edit::Version;
use domain::ids::TeamId;

use crate::App;
use crate::council::queries::teams::version_of;
use crate::council::rows::{locks, teams, write};
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::record::revision::{self, Moved};

/// Changes a team.
#[derive(Clone, Debug)]
pub struct ChangeTeam {
    /// The team.
    pub team: TeamId,
    /// What the administrator says of it now.
    pub words: TeamWords,
    /// The version that the administrator saw.
    pub seen: Version,
}

/// Changes a team's words and the wards it looks after.
///
/// # Errors
/// Its organisation is not the caller's to administer, has another team of this name, or somebody
/// changed the team since.
pub async fn change_team(
    app: &App,
    caller: &Caller,
    command: ChangeTeam,
) -> Result<(), Refused<TeamRefused>> {
    administrator(&caller.actor)?;
    let tx = app.db.begin().await?;
    let locked = locks::lock_team(&tx, command.team)
        .await?
        .ok_or(Denied::NotFound)?;
    let team = Granted::ask_with_reason(&tx, caller, locked, |actor, on| {
        may_manage(administrator(actor)?, on.organisation.id)
            .map_err(|why| Refused::Because(TeamRefused::Manage(why)))
    })
    .await?;
    let (id, words) = (team.root().id, &command.words);
    let subject = version_of(id);
    if revision::advance(&team, &subject, command.seen, words).await? == Moved::Already {
        return Ok(());
    }
    let of = &team.root().organisation;
    // Two that were made with nearly one name keep theirs.
    let renamed = team.root().name != words.name;
    let other = teams::team_named(&tx, of.id, &words.name, Some(id)).await?;
    if renamed && other.is_some() {
        return Err(Refused::Because(TeamRefused::NameTaken));
    }
    write::change_team(&team, id, words).await?;
    if of.kind == OrganisationKind::Police {
        write::serve_only(&team, id, &words.areas).await?;
    }
    let detail = format!("{}, {} wards", words.name, words.areas.len());
    write::record(&team, "team.changed", &format!("team {id}"), &detail).await?;
    tx.commit().await?;
    Ok(())
}

//! Reads of organisations and teams, for their administrators.

use domain::account::policy::{ManageRefused, administrator, may_manage};
use domain::account::{Actor, NotPermitted, OrganisationKind};
use domain::council::read::{OrganisationView, TeamDetail, TeamView, TeamsView};
use domain::council::{Organisation, may_add_organisation};
use domain::ids::TeamId;
use sea_orm::ConnectionTrait;

use crate::account::rows::roles;
use crate::council::rows::{areas, teams as rows};
use crate::error::Denied;
use crate::record::revision;

/// The name under which the versions of a team are kept.
pub fn version_of(team: TeamId) -> String {
    format!("team/{team}")
}

/// Every organisation with its teams, as this administrator sees them.
///
/// # Errors
/// The actor administers nothing.
pub async fn teams(db: &impl ConnectionTrait, actor: &Actor) -> Result<TeamsView, Denied> {
    let member = administrator(actor)?;
    let people = roles::people_by_team(db).await?;
    let areas = rows::areas_by_team(db).await?;
    let all = rows::all_teams(db).await?;
    let organisations: Vec<OrganisationView> = rows::organisations(db)
        .await?
        .into_iter()
        .map(|one| OrganisationView {
            kind: one.kind,
            administered: member.administers(one.id),
            teams: all
                .iter()
                .filter(|team| team.organisation.id == one.id)
                .map(|team| TeamView {
                    id: team.id,
                    name: team.name.clone(),
                    email: team.email.clone(),
                    people: people.get(&team.id).copied().unwrap_or(0),
                    areas: areas.get(&team.id).map_or(0, Vec::len),
                })
                .collect(),
            name: one.name,
        })
        .collect();
    Ok(TeamsView {
        may_add_team: organisations.iter().any(|one| one.administered),
        organisations,
        may_add_organisation: may_add_organisation(member).is_ok(),
    })
}

/// The organisations to which this administrator may add a team.
///
/// # Errors
/// The actor administers nothing.
pub async fn own_organisations(
    db: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<Organisation>, Denied> {
    let member = administrator(actor)?;
    let mut all = rows::organisations(db).await?;
    all.retain(|one| member.administers(one.id));
    Ok(all)
}

/// What an administrator may change about a team.
///
/// # Errors
/// Its organisation is not the actor's to administer.
pub async fn team(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: TeamId,
) -> Result<TeamDetail, Denied> {
    let member = administrator(actor)?;
    let version = revision::version(db, &version_of(id)).await?;
    let team = rows::team(db, id).await?.ok_or(Denied::NotFound)?;
    may_manage(member, team.organisation.id).map_err(|_: ManageRefused| NotPermitted::Forbidden)?;
    let wards = match team.organisation.kind {
        OrganisationKind::Police => areas::wards(db).await?,
        OrganisationKind::Council | OrganisationKind::Voluntary => Vec::new(),
    };
    Ok(TeamDetail {
        areas: rows::areas_of(db, id).await?,
        version,
        team,
        wards,
    })
}

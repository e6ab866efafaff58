//! Reads of organisations and teams, for their administrators.

use std::collections::{BTreeSet, HashMap};

use domain::account::OrganisationKind;
use domain::council::read::{OrganisationView, TeamView, TeamsView};
use domain::ids::{AreaId, OrganisationId, PersonId, TeamId};
use entity::{area, membership, organisation, team, team_area};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::account::queries::administered;

/// Every organisation with its teams, as this administrator sees them.
///
/// # Errors
/// Those of the database.
pub async fn teams(db: &impl ConnectionTrait, by: PersonId) -> Result<TeamsView, DbErr> {
    let own = administered(db, by).await?;
    let mut people: HashMap<i64, BTreeSet<i64>> = HashMap::new();
    for held in membership::Entity::find().all(db).await? {
        people
            .entry(held.team_id)
            .or_default()
            .insert(held.person_id);
    }
    let mut areas: HashMap<i64, Vec<AreaId>> = HashMap::new();
    for served in team_area::Entity::find().all(db).await? {
        let of_team = areas.entry(served.team_id).or_default();
        of_team.push(AreaId(served.area_id));
    }
    let mut teams: HashMap<i64, Vec<TeamView>> = HashMap::new();
    let rows = team::Entity::find()
        .order_by_asc(team::Column::Name)
        .all(db)
        .await?;
    for row in rows {
        let count = people.get(&row.id).map_or(0, BTreeSet::len);
        teams
            .entry(row.organisation_id)
            .or_default()
            .push(TeamView {
                id: TeamId(row.id),
                name: row.name,
                email: row.email,
                people: count,
                areas: areas.remove(&row.id).unwrap_or_default(),
            });
    }
    let rows = organisation::Entity::find()
        .order_by_asc(organisation::Column::Name)
        .all(db)
        .await?;
    let organisations = rows
        .into_iter()
        .filter_map(|row| {
            Some(OrganisationView {
                id: OrganisationId(row.id),
                kind: OrganisationKind::from_code(&row.kind)?,
                administered: own.contains(&OrganisationId(row.id)),
                teams: teams.remove(&row.id).unwrap_or_default(),
                name: row.name,
            })
        })
        .collect();
    Ok(TeamsView {
        organisations,
        may_add_team: !own.is_empty(),
        may_add_organisation: false,
    })
}

/// The wards to choose from: number, name.
///
/// # Errors
/// Those of the database.
pub async fn wards(db: &impl ConnectionTrait) -> Result<Vec<(String, String)>, DbErr> {
    Ok(area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .order_by_asc(area::Column::Name)
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id.to_string(), row.name))
        .collect())
}

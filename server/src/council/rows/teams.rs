//! Teams and their organisations, read. Nothing here locks or writes: who somebody is depends on it,
//! and so everything that asks permission.

use std::collections::HashMap;

use domain::account::OrganisationKind;
use domain::council::{Organisation, Team};
use domain::ids::{AreaId, OrganisationId, TeamId};
use domain::names;
use entity::{organisation, team, team_area};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

/// These teams, by id. One that is not there is left out.
pub async fn teams(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = TeamId>,
) -> Result<HashMap<TeamId, Team>, DbErr> {
    let ids: Vec<i64> = ids.into_iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let find = team::Entity::find().filter(team::Column::Id.is_in(ids));
    Ok(read(db, find)
        .await?
        .into_iter()
        .map(|team| (team.id, team))
        .collect())
}

/// Every team, by name.
pub async fn all_teams(db: &impl ConnectionTrait) -> Result<Vec<Team>, DbErr> {
    let mut found = read(db, team::Entity::find().order_by_asc(team::Column::Id)).await?;
    names::sort_by_name(&mut found, |team| &team.name);
    Ok(found)
}

/// One team.
pub async fn team(db: &impl ConnectionTrait, id: TeamId) -> Result<Option<Team>, DbErr> {
    Ok(teams(db, [id]).await?.remove(&id))
}

/// The team of this name in an organisation, however it is written; not the one of `but`.
pub async fn team_named(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    name: &str,
    but: Option<TeamId>,
) -> Result<Option<Team>, DbErr> {
    let find = team::Entity::find()
        .filter(team::Column::OrganisationId.eq(of.0))
        .order_by_asc(team::Column::Id);
    let all = read(db, find).await?;
    let is_named = |one: &Team| Some(one.id) != but && names::same(&one.name, name);
    Ok(all.into_iter().find(is_named))
}

async fn read(db: &impl ConnectionTrait, find: Select<team::Entity>) -> Result<Vec<Team>, DbErr> {
    find.find_also_related(organisation::Entity)
        .all(db)
        .await?
        .into_iter()
        .map(|(team, of)| {
            let of = of.ok_or_else(|| {
                DbErr::Custom(format!("team {} belongs to no organisation", team.id))
            })?;
            Ok(Team {
                id: TeamId(team.id),
                name: team.name,
                email: team.email,
                organisation: organisation_of_row(of)?,
            })
        })
        .collect()
}

fn organisation_of_row(row: organisation::Model) -> Result<Organisation, DbErr> {
    let kind = OrganisationKind::from_code(&row.kind)
        .ok_or_else(|| DbErr::Custom(format!("organisation {} is of no known kind", row.id)))?;
    Ok(Organisation {
        id: OrganisationId(row.id),
        name: row.name,
        kind,
    })
}

/// Every organisation, by name.
pub async fn organisations(db: &impl ConnectionTrait) -> Result<Vec<Organisation>, DbErr> {
    let mut found = organisation::Entity::find()
        .order_by_asc(organisation::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(organisation_of_row)
        .collect::<Result<Vec<_>, DbErr>>()?;
    names::sort_by_name(&mut found, |one| &one.name);
    Ok(found)
}

/// The organisation of this name, however it is written.
pub async fn organisation_named(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<Organisation>, DbErr> {
    let all = organisations(db).await?;
    Ok(all.into_iter().find(|one| names::same(&one.name, name)))
}

/// One organisation.
pub async fn organisation(
    db: &impl ConnectionTrait,
    id: OrganisationId,
) -> Result<Option<Organisation>, DbErr> {
    organisation::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(organisation_of_row)
        .transpose()
}

/// The organisation whose name is this in addresses.
pub async fn organisation_by_slug(
    db: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<Organisation>, DbErr> {
    organisation::Entity::find()
        .filter(organisation::Column::Slug.eq(slug))
        .one(db)
        .await?
        .map(organisation_of_row)
        .transpose()
}

/// The areas that each team looks after.
pub async fn areas_by_team(
    db: &impl ConnectionTrait,
) -> Result<HashMap<TeamId, Vec<AreaId>>, DbErr> {
    let mut areas: HashMap<TeamId, Vec<AreaId>> = HashMap::new();
    for served in team_area::Entity::find().all(db).await? {
        let of_team = areas.entry(TeamId(served.team_id)).or_default();
        of_team.push(AreaId(served.area_id));
    }
    Ok(areas)
}

/// The areas that one team looks after, by rising id.
pub async fn areas_of(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<AreaId>, DbErr> {
    Ok(team_area::Entity::find()
        .select_only()
        .column(team_area::Column::AreaId)
        .filter(team_area::Column::TeamId.eq(team.0))
        .order_by_asc(team_area::Column::AreaId)
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .map(AreaId)
        .collect())
}

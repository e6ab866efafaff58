//! Use cases that set up organisations and teams.

use domain::account::OrganisationKind;
use domain::ids::{AreaId, OrganisationId, TeamId};
use entity::{organisation, team, team_area};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait,
    QueryFilter,
};

/// The organisation of this name, made where it is missing.
///
/// # Errors
/// Those of the database.
pub async fn organisation(
    tx: &DatabaseTransaction,
    name: &str,
    kind: OrganisationKind,
) -> Result<OrganisationId, DbErr> {
    let slug = slug(name);
    let found = organisation::Entity::find()
        .filter(organisation::Column::Slug.eq(&slug))
        .one(tx)
        .await?;
    if let Some(found) = found {
        return Ok(OrganisationId(found.id));
    }
    let row = organisation::ActiveModel {
        name: Set(name.to_owned()),
        slug: Set(slug),
        kind: Set(kind.code().to_owned()),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(OrganisationId(row.id))
}

/// The team of this name in the organisation, made where it is missing.
///
/// # Errors
/// Those of the database.
pub async fn team(
    tx: &DatabaseTransaction,
    of: OrganisationId,
    name: &str,
    email: &str,
) -> Result<TeamId, DbErr> {
    let found = team::Entity::find()
        .filter(team::Column::OrganisationId.eq(of.0))
        .filter(team::Column::Name.eq(name))
        .one(tx)
        .await?;
    if let Some(found) = found {
        return Ok(TeamId(found.id));
    }
    let mut free = slug(name);
    let taken = team::Entity::find()
        .filter(team::Column::Slug.eq(&free))
        .one(tx)
        .await?;
    if taken.is_some() {
        free = format!("{free}-{of}");
    }
    let row = team::ActiveModel {
        organisation_id: Set(of.0),
        name: Set(name.to_owned()),
        slug: Set(free),
        email: Set(email.to_owned()),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(TeamId(row.id))
}

/// Says that this team serves these areas.
///
/// # Errors
/// Those of the database.
pub async fn serve_areas(
    tx: &DatabaseTransaction,
    team: TeamId,
    areas: &[AreaId],
) -> Result<(), DbErr> {
    if areas.is_empty() {
        return Ok(());
    }
    let rows = areas.iter().map(|area| team_area::ActiveModel {
        team_id: Set(team.0),
        area_id: Set(area.0),
    });
    let once = OnConflict::columns([team_area::Column::TeamId, team_area::Column::AreaId])
        .do_nothing()
        .to_owned();
    team_area::Entity::insert_many(rows)
        .on_conflict(once)
        .exec_without_returning(tx)
        .await
        .map(drop)
}

/// A name as it stands in an address: lower-case letters and digits joined by dashes.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

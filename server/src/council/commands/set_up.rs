//! Use cases that set up organisations and teams.

use crate::db::Tx;
use domain::account::OrganisationKind;
use domain::ids::{AreaId, OrganisationId, TeamId};
use entity::{organisation, team, team_area};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

/// The organisation of this name, made where it is missing.
///
/// # Errors
/// Those of the database.
pub async fn organisation(
    tx: &Tx,
    name: &str,
    kind: OrganisationKind,
) -> Result<OrganisationId, DbErr> {
    let slug = slug(name);
    let find = || organisation::Entity::find().filter(organisation::Column::Slug.eq(&slug));
    if let Some(found) = find().one(tx).await? {
        return Ok(OrganisationId(found.id));
    }
    let new = organisation::ActiveModel {
        name: Set(name.to_owned()),
        slug: Set(slug.clone()),
        kind: Set(kind.code().to_owned()),
        ..Default::default()
    };
    // Somebody else may make it at the same moment.
    organisation::Entity::insert(new)
        .on_conflict(
            OnConflict::column(organisation::Column::Slug)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    find()
        .one(tx)
        .await?
        .map(|row| OrganisationId(row.id))
        .ok_or_else(|| DbErr::RecordNotFound("the organisation just made".to_owned()))
}

/// The team of this name in the organisation, made where it is missing.
///
/// # Errors
/// Those of the database.
pub async fn team(tx: &Tx, of: OrganisationId, name: &str, email: &str) -> Result<TeamId, DbErr> {
    let find = || {
        team::Entity::find()
            .filter(team::Column::OrganisationId.eq(of.0))
            .filter(team::Column::Name.eq(name))
    };
    if let Some(found) = find().one(tx).await? {
        return Ok(TeamId(found.id));
    }
    // Another organisation may have a team of this name.
    let plain = slug(name);
    for slug in [plain.clone(), format!("{plain}-{of}")] {
        let new = team::ActiveModel {
            organisation_id: Set(of.0),
            name: Set(name.to_owned()),
            slug: Set(slug),
            email: Set(email.to_owned()),
            ..Default::default()
        };
        team::Entity::insert(new)
            .on_conflict(
                OnConflict::column(team::Column::Slug)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
        if let Some(made) = find().one(tx).await? {
            return Ok(TeamId(made.id));
        }
    }
    Err(DbErr::RecordNotFound("the team just made".to_owned()))
}

/// Says that this team serves these areas.
///
/// # Errors
/// Those of the database.
pub async fn serve_areas(tx: &Tx, team: TeamId, areas: &[AreaId]) -> Result<(), DbErr> {
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

//! Every write of organisations and teams.

use domain::account::OrganisationKind;
use domain::council::TeamWords;
use domain::ids::{AreaId, OrganisationId, TeamId};
use domain::names;
use entity::{organisation, team, team_area};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::teams;
use crate::granted::{Granted, Permitted};
use crate::record::{audit, site};

/// How many address names are tried.
const MOST_TRIES: usize = 50;

/// The organisation of this name, made where it is missing. One whose name differs in capitals, accents
/// or punctuation only is the same.
pub async fn organisation<Root>(
    granted: &Granted<'_, Root>,
    name: &str,
    kind: OrganisationKind,
) -> Result<OrganisationId, DbErr> {
    let tx = granted.tx();
    if let Some(found) = teams::organisation_named(tx, name).await? {
        return Ok(found.id);
    }
    for slug in names::slugs(name, "organisation").take(MOST_TRIES) {
        let new = organisation::ActiveModel {
            name: Set(name.to_owned()),
            slug: Set(slug.clone()),
            kind: Set(kind.code().to_owned()),
            ..Default::default()
        };
        // Into an empty database two programs may make it at the same moment.
        organisation::Entity::insert(new)
            .on_conflict(
                OnConflict::column(organisation::Column::Slug)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
        if let Some(made) = teams::organisation_by_slug(tx, &slug).await?
            && names::same(&made.name, name)
        {
            return Ok(made.id);
        }
    }
    Err(DbErr::RecordNotFound(
        "the organisation just made".to_owned(),
    ))
}

/// The team of this name in the organisation, made where it is missing.
pub async fn team<Root>(
    granted: &Granted<'_, Root>,
    of: OrganisationId,
    name: &str,
    email: &str,
) -> Result<TeamId, DbErr> {
    let tx = granted.tx();
    if let Some(found) = teams::team_named(tx, of, name, None).await? {
        return Ok(found.id);
    }
    // Another organisation may have a team of this name.
    for slug in names::slugs(name, "team").take(MOST_TRIES) {
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
        if let Some(made) = teams::team_named(tx, of, name, None).await? {
            return Ok(made.id);
        }
    }
    Err(DbErr::RecordNotFound("the team just made".to_owned()))
}

/// Changes a team's name and address.
pub async fn change_team<Root>(
    granted: &Granted<'_, Root>,
    id: TeamId,
    words: &TeamWords,
) -> Result<(), DbErr> {
    team::ActiveModel {
        id: Set(id.0),
        name: Set(words.name.clone()),
        email: Set(words.email.as_str().to_owned()),
        ..Default::default()
    }
    .update(granted.tx())
    .await
    .map(drop)
}

/// Says that this team looks after these areas too.
pub async fn serve_areas<Root>(
    granted: &Granted<'_, Root>,
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
        .exec_without_returning(granted.tx())
        .await
        .map(drop)
}

/// Says that this team looks after these areas and no others.
pub async fn serve_only<Root>(
    granted: &Granted<'_, Root>,
    team: TeamId,
    areas: &[AreaId],
) -> Result<(), DbErr> {
    team_area::Entity::delete_many()
        .filter(team_area::Column::TeamId.eq(team.0))
        .exec(granted.tx())
        .await?;
    serve_areas(granted, team, areas).await
}

/// Leaves an entry in the record, and says that public pages, which name teams, have changed.
pub async fn record(
    permitted: &impl Permitted,
    kind: &str,
    subject: &str,
    detail: &str,
) -> Result<(), DbErr> {
    audit::append(permitted, kind, subject, detail).await?;
    site::changed(permitted).await
}

//! Who acts in a request, read from the session afresh each time, so that a removed role or a
//! disabled account counts at once.

use domain::account::{Actor, Member, OrganisationKind, Role};
use domain::ids::{PersonId, TeamId};
use entity::{membership, organisation, person, team};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use tower_sessions::Session;

use crate::App;
use crate::http::Error;

/// The actor of this session.
///
/// # Errors
/// Those of the database.
pub async fn actor(app: &App, session: &Session) -> Result<Actor, Error> {
    // A malformed or unknown cookie is nobody, never a fault.
    let Some(id) = session
        .get::<i64>(crate::session::PERSON)
        .await
        .ok()
        .flatten()
    else {
        return Ok(Actor::Anyone);
    };
    let Some(member) = member(app, PersonId(id)).await? else {
        return Ok(Actor::Anyone);
    };
    let hour = app.clock.now().as_second() / 3_600;
    let seen = session
        .get::<i64>(crate::session::SEEN)
        .await
        .ok()
        .flatten();
    if seen != Some(hour) {
        session
            .insert(crate::session::SEEN, hour)
            .await
            .map_err(Error::unexpected)?;
    }
    Ok(Actor::Member(member))
}

/// A member of staff with every role held; nobody where the account is disabled.
///
/// # Errors
/// Those of the database.
pub async fn member(app: &App, id: PersonId) -> Result<Option<Member>, DbErr> {
    let db = app.db.read();
    let Some(found) = person::Entity::find_by_id(id.0)
        .filter(person::Column::DisabledAt.is_null())
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    let rows = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(id.0))
        .find_also_related(team::Entity)
        .all(db)
        .await?;
    let organisations = organisation::Entity::find().all(db).await?;
    let roles = rows
        .into_iter()
        .filter_map(|(membership, team)| {
            let team = team?;
            let kind = organisations
                .iter()
                .find(|o| o.id == team.organisation_id)?;
            Some((
                TeamId(team.id),
                OrganisationKind::from_code(&kind.kind)?,
                Role::from_code(&membership.role)?,
            ))
        })
        .collect();
    Ok(Some(Member {
        person: id,
        name: found.name,
        roles,
    }))
}

//! A member of staff with every role they hold, read afresh each time.
//!
//! Nothing here writes; it is below everything that asks who somebody is.

use domain::account::{Member, OrganisationKind, Role};
use domain::ids::{PersonId, TeamId};
use entity::{membership, organisation, person, team};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

/// A member of staff with every role held; nobody where the account is disabled.
///
/// # Errors
/// Those of the database.
pub async fn member(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Member>, DbErr> {
    read(db, id, false).await
}

/// The same inside a transaction, which then holds the row: nobody is disabled, and no role is
/// taken, between the question and the commit.
///
/// # Errors
/// Those of the database.
pub async fn held(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Member>, DbErr> {
    read(db, id, true).await
}

async fn read(
    db: &impl ConnectionTrait,
    id: PersonId,
    hold: bool,
) -> Result<Option<Member>, DbErr> {
    let mut find = person::Entity::find_by_id(id.0);
    if hold {
        find = find.lock_shared();
    }
    let Some(found) = find
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

/// The name that colleagues see.
///
/// # Errors
/// Those of the database.
pub async fn name(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<String>, DbErr> {
    Ok(person::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(|row| row.name))
}

//! A member of staff with every role they hold, read afresh each time.
//!
//! Nothing here writes; it is below everything that asks who somebody is.

use domain::account::{Member, Membership, Role};
use domain::ids::{PersonId, TeamId};
use entity::{membership, person};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::council::rows::teams;

/// A member of staff with every role held; nobody where the account is disabled.
pub async fn member(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Member>, DbErr> {
    read(db, id, false).await
}

/// The same inside a transaction, which then holds the row: nobody is disabled, and no role is
/// taken, between the question and the commit.
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
    Ok(Some(Member {
        person: id,
        name: found.name,
        roles: memberships(db, [id])
            .await?
            .into_iter()
            .map(|(_, held)| held)
            .collect(),
    }))
}

/// Every role that these people hold.
pub async fn memberships(
    db: &impl ConnectionTrait,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<(PersonId, Membership)>, DbErr> {
    let find = membership::Entity::find()
        .filter(membership::Column::PersonId.is_in(people.into_iter().map(|id| id.0)));
    read_memberships(db, find.all(db).await?).await
}

/// Everybody who holds this role, disabled or not, with where it counts.
pub async fn holders(
    db: &impl ConnectionTrait,
    role: Role,
) -> Result<Vec<(PersonId, Membership)>, DbErr> {
    let find = membership::Entity::find().filter(membership::Column::Role.eq(role.code()));
    read_memberships(db, find.all(db).await?).await
}

async fn read_memberships(
    db: &impl ConnectionTrait,
    rows: Vec<membership::Model>,
) -> Result<Vec<(PersonId, Membership)>, DbErr> {
    let teams = teams::teams(db, rows.iter().map(|row| TeamId(row.team_id))).await?;
    rows.into_iter()
        .map(|row| {
            let wrong =
                |what: &str| DbErr::Custom(format!("person {} holds a role {what}", row.person_id));
            let team = teams
                .get(&TeamId(row.team_id))
                .ok_or_else(|| wrong("in no team"))?;
            let held = Membership {
                team: team.id,
                organisation: team.organisation.id,
                kind: team.organisation.kind,
                role: Role::from_code(&row.role).ok_or_else(|| wrong("of no known name"))?,
            };
            Ok((PersonId(row.person_id), held))
        })
        .collect()
}

/// The name that colleagues see.
pub async fn name(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<String>, DbErr> {
    Ok(person::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(|row| row.name))
}

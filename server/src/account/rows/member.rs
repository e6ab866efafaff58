//! A member of staff with every role they hold, read afresh each time.
//!
//! Nothing here writes; it is below everything that asks who somebody is.

use domain::account::{Member, Membership, Role};
use domain::ids::{PersonId, TeamId};
use entity::{membership, person};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select};

use super::signed_in::SignedIn;
use crate::council::rows::teams;

/// A member of staff with every role held; nobody where the account is disabled.
pub async fn member(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Member>, DbErr> {
    let find = person::Entity::find_by_id(id.0);
    read(db, find, |_| true).await
}

/// The same of whoever is signed in; nobody where they showed another password than is theirs now.
pub async fn signed_in(db: &impl ConnectionTrait, who: &SignedIn) -> Result<Option<Member>, DbErr> {
    let find = person::Entity::find_by_id(who.person.0);
    let still = |hash: &str| SignedIn::with(who.person, hash) == *who;
    read(db, find, |row| {
        row.password_hash.as_deref().is_some_and(still)
    })
    .await
}

/// The same inside a transaction, which then holds the row: nobody is disabled, and no role is
/// taken, between the question and the commit.
pub async fn held(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Member>, DbErr> {
    let find = person::Entity::find_by_id(id.0).lock_shared();
    read(db, find, |_| true).await
}

async fn read(
    db: &impl ConnectionTrait,
    find: Select<person::Entity>,
    is_theirs: impl FnOnce(&person::Model) -> bool,
) -> Result<Option<Member>, DbErr> {
    let find = find.filter(person::Column::DisabledAt.is_null());
    let Some(found) = find.one(db).await?.filter(is_theirs) else {
        return Ok(None);
    };
    let id = PersonId(found.id);
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

/// Who something was by, where nobody can be named.
pub const SOMEBODY: &str = "Somebody";

/// The name that colleagues see of whoever did something; [`SOMEBODY`] where it was no person.
pub async fn name_of(db: &impl ConnectionTrait, id: Option<PersonId>) -> Result<String, DbErr> {
    let found = match id {
        Some(id) => person::Entity::find_by_id(id.0).one(db).await?,
        None => None,
    };
    Ok(found.map_or_else(|| SOMEBODY.to_owned(), |row| row.name))
}

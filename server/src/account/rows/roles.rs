//! Roles that people hold in teams: read, given and taken.

use std::collections::{BTreeSet, HashMap};

use domain::account::Role;
use domain::ids::{OrganisationId, PersonId, TeamId};
use entity::{membership, person};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use super::member;
use crate::granted::Granted;

/// The organisations in which this person holds any role, by rising id.
pub async fn works_for(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<OrganisationId>, DbErr> {
    organisations(db, person, |_| true).await
}

/// The organisations that this person administers, by rising id.
pub async fn administered(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<OrganisationId>, DbErr> {
    organisations(db, person, |role| role == Role::Administrator).await
}

async fn organisations(
    db: &impl ConnectionTrait,
    person: PersonId,
    counts: impl Fn(Role) -> bool,
) -> Result<Vec<OrganisationId>, DbErr> {
    let mut organisations: Vec<OrganisationId> = member::memberships(db, [person])
        .await?
        .into_iter()
        .filter(|(_, held)| counts(held.role))
        .map(|(_, held)| held.organisation)
        .collect();
    organisations.sort_unstable();
    organisations.dedup();
    Ok(organisations)
}

/// How many people hold a role in each team.
pub async fn people_by_team(db: &impl ConnectionTrait) -> Result<HashMap<TeamId, usize>, DbErr> {
    let mut people: HashMap<TeamId, BTreeSet<i64>> = HashMap::new();
    for held in membership::Entity::find().all(db).await? {
        let of_team = people.entry(TeamId(held.team_id)).or_default();
        of_team.insert(held.person_id);
    }
    Ok(people
        .into_iter()
        .map(|(team, people)| (team, people.len()))
        .collect())
}

/// Whether anybody who can sign in holds this role in one of these teams.
pub async fn anybody_holds(
    db: &impl ConnectionTrait,
    role: Role,
    teams: &[TeamId],
) -> Result<bool, DbErr> {
    let found = membership::Entity::find()
        .inner_join(person::Entity)
        .filter(membership::Column::Role.eq(role.code()))
        .filter(membership::Column::TeamId.is_in(teams.iter().map(|team| team.0)))
        .filter(person::Column::PasswordHash.is_not_null())
        .filter(person::Column::DisabledAt.is_null())
        .limit(1)
        .count(db)
        .await?;
    Ok(found > 0)
}

/// Gives a role. Says whether it was not held before.
pub async fn add_role<Root>(
    granted: &Granted<'_, Root>,
    person: PersonId,
    team: TeamId,
    role: Role,
) -> Result<bool, DbErr> {
    let once = OnConflict::columns([
        membership::Column::PersonId,
        membership::Column::TeamId,
        membership::Column::Role,
    ])
    .do_nothing()
    .to_owned();
    let added = membership::Entity::insert(membership::ActiveModel {
        person_id: Set(person.0),
        team_id: Set(team.0),
        role: Set(role.code().to_owned()),
    })
    .on_conflict(once)
    .exec_without_returning(granted.tx())
    .await?;
    Ok(added > 0)
}

/// Takes a role away. Says whether it was held.
pub async fn remove_role<Root>(
    granted: &Granted<'_, Root>,
    person: PersonId,
    team: TeamId,
    role: Role,
) -> Result<bool, DbErr> {
    let done = membership::Entity::delete_by_id((person.0, team.0, role.code().to_owned()))
        .exec(granted.tx())
        .await?;
    Ok(done.rows_affected > 0)
}

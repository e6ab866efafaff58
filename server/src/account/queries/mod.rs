//! Reads of this slice.

pub mod actor;

use std::collections::HashMap;

use domain::account::Role;
use domain::account::policy::{may_disable, may_take_role};
use domain::account::read::{HeldRole, PeopleView, PersonState, PersonView, TeamChoice};
use domain::ids::{OrganisationId, PersonId, TeamId};
use entity::{membership, organisation, person, team};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

const PEOPLE_ON_A_PAGE: u64 = 50;

/// One page of people, as this administrator sees them.
///
/// # Errors
/// Those of the database.
pub async fn people(
    db: &impl ConnectionTrait,
    administrator: PersonId,
    page: u64,
) -> Result<PeopleView, DbErr> {
    let total = person::Entity::find().count(db).await?;
    let pages = total.div_ceil(PEOPLE_ON_A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let rows = person::Entity::find()
        .order_by_asc(person::Column::Name)
        .order_by_asc(person::Column::Id)
        .offset((page - 1) * PEOPLE_ON_A_PAGE)
        .limit(PEOPLE_ON_A_PAGE)
        .all(db)
        .await?;
    Ok(PeopleView {
        people: views(db, administrator, rows).await?,
        total,
        page,
        pages,
    })
}

/// One person, as this administrator sees them.
///
/// # Errors
/// Those of the database.
pub async fn person(
    db: &impl ConnectionTrait,
    administrator: PersonId,
    id: PersonId,
) -> Result<Option<PersonView>, DbErr> {
    let row = person::Entity::find_by_id(id.0).one(db).await?;
    Ok(views(db, administrator, row.into_iter().collect())
        .await?
        .pop())
}

async fn views(
    db: &impl ConnectionTrait,
    administrator: PersonId,
    rows: Vec<person::Model>,
) -> Result<Vec<PersonView>, DbErr> {
    let administered = administered(db, administrator).await?;
    let teams = teams(db).await?;
    let held = membership::Entity::find()
        .filter(membership::Column::PersonId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let id = PersonId(row.id);
            let mut works_for = Vec::new();
            let mut roles: Vec<HeldRole> = held
                .iter()
                .filter(|m| m.person_id == row.id)
                .filter_map(|m| {
                    let (organisation, team_name) = teams.get(&m.team_id)?;
                    let role = Role::from_code(&m.role)?;
                    works_for.push(*organisation);
                    let taken =
                        may_take_role(administrator, &administered, id, *organisation, role);
                    Some(HeldRole {
                        team: TeamId(m.team_id),
                        team_name: team_name.clone(),
                        role,
                        removable: taken.is_ok(),
                    })
                })
                .collect();
            roles.sort_by(|a, b| (&a.team_name, a.role).cmp(&(&b.team_name, b.role)));
            PersonView {
                id,
                may_disable: may_disable(administrator, &administered, id, &works_for).is_ok(),
                state: match (&row.disabled_at, &row.password_hash) {
                    (Some(_), _) => PersonState::Disabled,
                    (None, None) => PersonState::Invited,
                    (None, Some(_)) => PersonState::Active,
                },
                name: row.name,
                email: row.email,
                roles,
            }
        })
        .collect())
}

/// The organisations that this person administers.
///
/// # Errors
/// Those of the database.
pub async fn administered(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<OrganisationId>, DbErr> {
    works_for(db, person, Some(Role::Administrator)).await
}

/// The organisations in which this person holds this role, or any.
///
/// # Errors
/// Those of the database.
pub async fn works_for(
    db: &impl ConnectionTrait,
    person: PersonId,
    role: Option<Role>,
) -> Result<Vec<OrganisationId>, DbErr> {
    let mut find = membership::Entity::find().filter(membership::Column::PersonId.eq(person.0));
    if let Some(role) = role {
        find = find.filter(membership::Column::Role.eq(role.code()));
    }
    let rows = find.find_also_related(team::Entity).all(db).await?;
    let mut organisations: Vec<OrganisationId> = rows
        .into_iter()
        .filter_map(|(_, team)| team.map(|team| OrganisationId(team.organisation_id)))
        .collect();
    organisations.sort_unstable();
    organisations.dedup();
    Ok(organisations)
}

/// The organisation of a team.
///
/// # Errors
/// Those of the database.
pub async fn organisation_of(
    db: &impl ConnectionTrait,
    team: TeamId,
) -> Result<Option<OrganisationId>, DbErr> {
    Ok(team::Entity::find_by_id(team.0)
        .one(db)
        .await?
        .map(|team| OrganisationId(team.organisation_id)))
}

/// The teams in which this administrator may give roles.
///
/// # Errors
/// Those of the database.
pub async fn team_choices(
    db: &impl ConnectionTrait,
    administrator: PersonId,
) -> Result<Vec<TeamChoice>, DbErr> {
    let administered = administered(db, administrator).await?;
    let mut choices: Vec<TeamChoice> = teams(db)
        .await?
        .into_iter()
        .filter(|(_, (organisation, _))| administered.contains(organisation))
        .map(|(id, (_, name))| TeamChoice {
            id: TeamId(id),
            name,
        })
        .collect();
    choices.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(choices)
}

async fn teams(db: &impl ConnectionTrait) -> Result<HashMap<i64, (OrganisationId, String)>, DbErr> {
    let rows = team::Entity::find()
        .find_also_related(organisation::Entity)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(team, organisation)| {
            let organisation = organisation?;
            let name = format!("{}, {}", team.name, organisation.name);
            Some((team.id, (OrganisationId(organisation.id), name)))
        })
        .collect())
}

/// A person who can sign in, by address.
///
/// # Errors
/// Those of the database.
pub async fn by_email(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find()
        .filter(person::Column::Email.eq(email))
        .filter(person::Column::DisabledAt.is_null())
        .one(db)
        .await
}

/// Name and address of a person.
///
/// # Errors
/// Those of the database.
pub async fn name_and_email(
    db: &impl ConnectionTrait,
    id: PersonId,
) -> Result<Option<(String, String)>, DbErr> {
    Ok(person::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(|row| (row.name, row.email)))
}

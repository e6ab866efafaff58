//! Accounts of staff: read, locked, and every write of them.
//!
//! Invariant: an address is one person's. Two who are added at one moment with one address are one
//! person and one refusal, never a fault that names the address.

use domain::account::policy::ManagedPerson;
use domain::account::{Email, Role};
use domain::council::Team;
use domain::ids::{OrganisationId, PersonId, TeamId};
use domain::names;
use entity::person;
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{member, roles};
use crate::council::rows::{locks, teams};
use crate::db::Tx;
use crate::granted::{Granted, Locked};

/// What somebody signs in with. It has no `Debug`: the hash is nobody's to read.
#[derive(Clone)]
pub struct Account {
    /// Who.
    pub id: PersonId,
    /// The name that colleagues see.
    pub name: String,
    /// The address.
    pub email: String,
    /// The password as a PHC string; none until the invitation is taken.
    pub password_hash: Option<String>,
    /// Whether nobody can sign in with it.
    pub disabled: bool,
}

impl From<person::Model> for Account {
    fn from(row: person::Model) -> Self {
        Self {
            id: PersonId(row.id),
            name: row.name,
            email: row.email,
            password_hash: row.password_hash,
            disabled: row.disabled_at.is_some(),
        }
    }
}

/// The account of this address, disabled or not.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<Account>, DbErr> {
    Ok(person::Entity::find()
        .filter(person::Column::Email.eq(email))
        .one(db)
        .await?
        .map(Account::from))
}

/// The account of this id, disabled or not.
pub async fn by_id(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Account>, DbErr> {
    Ok(person::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(Account::from))
}

/// How many people there are.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    person::Entity::find().count(db).await
}

/// Some of the people, by name. Of the others no more than the name is read.
pub async fn some(
    db: &impl ConnectionTrait,
    offset: usize,
    most: usize,
) -> Result<Vec<Account>, DbErr> {
    let mut all: Vec<(i64, String)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .order_by_asc(person::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    names::sort_by_name(&mut all, |(_, name)| name);
    let ids: Vec<i64> = all
        .iter()
        .skip(offset)
        .take(most)
        .map(|(id, _)| *id)
        .collect();
    let place = |id: i64| ids.iter().position(|one| *one == id);
    let mut found: Vec<Account> = person::Entity::find()
        .filter(person::Column::Id.is_in(ids.clone()))
        .all(db)
        .await?
        .into_iter()
        .map(Account::from)
        .collect();
    found.sort_by_key(|one| place(one.id.0));
    Ok(found)
}

/// Those of these people who can sign in: invited, with a password, and not disabled.
pub async fn who_can_sign_in(
    db: &impl ConnectionTrait,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<PersonId>, DbErr> {
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Id.is_in(people.into_iter().map(|id| id.0)))
        .filter(person::Column::PasswordHash.is_not_null())
        .filter(person::Column::DisabledAt.is_null())
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .map(PersonId)
        .collect())
}

/// Locks somebody's own account until the transaction ends.
pub async fn lock_account(tx: &Tx, id: PersonId) -> Result<Option<Locked<Account>>, DbErr> {
    person::Entity::find_by_id(id.0)
        .select_only()
        .column(person::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    Ok(by_id(tx, id).await?.map(Locked::new))
}

/// Locks the account of this address, if it is anybody's.
pub async fn lock_by_email(tx: &Tx, email: &str) -> Result<Locked<Option<Account>>, DbErr> {
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Email.eq(email))
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    Ok(Locked::new(by_email(tx, email).await?))
}

/// Somebody whom others manage, with the role in question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonInTeam {
    /// Who.
    pub person: ManagedPerson,
    /// The team.
    pub team: Team,
}

/// Locks every organisation that somebody works for, and so everything that decides who may manage
/// their account.
pub async fn lock_managed(tx: &Tx, id: PersonId) -> Result<Option<Locked<ManagedPerson>>, DbErr> {
    lock_organisations_of(tx, id, None).await?;
    Ok(managed(tx, id).await?.map(Locked::new))
}

/// Locks every organisation that somebody works for, and the team's.
pub async fn lock_in_team(
    tx: &Tx,
    id: PersonId,
    team: TeamId,
) -> Result<Option<Locked<PersonInTeam>>, DbErr> {
    let Some(team) = teams::team(tx, team).await? else {
        return Ok(None);
    };
    lock_organisations_of(tx, id, Some(team.organisation.id)).await?;
    let found = managed(tx, id).await?;
    Ok(found.map(|person| Locked::new(PersonInTeam { person, team })))
}

/// While this waits for its locks somebody may give the person a role in one more organisation.
/// What is locked is then locked again with that one; each change of somebody's roles holds all
/// their organisations, so this comes to an end.
async fn lock_organisations_of(
    tx: &Tx,
    id: PersonId,
    and: Option<OrganisationId>,
) -> Result<(), DbErr> {
    let mut locked: Vec<OrganisationId> = Vec::new();
    loop {
        let mut wanted = roles::works_for(tx, id).await?;
        wanted.extend(and);
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.iter().all(|one| locked.contains(one)) {
            return Ok(());
        }
        locks::lock_organisations(tx, &wanted).await?;
        locked = wanted;
    }
}

async fn managed(tx: &Tx, id: PersonId) -> Result<Option<ManagedPerson>, DbErr> {
    if by_id(tx, id).await?.is_none() {
        return Ok(None);
    }
    let administrators = administrators(tx).await?;
    Ok(Some(ManagedPerson {
        id,
        works_for: roles::works_for(tx, id).await?,
        alone_administers: alone_administers(&administrators, id),
    }))
}

/// Everybody who administers an organisation and can sign in.
pub async fn administrators(
    db: &impl ConnectionTrait,
) -> Result<Vec<(OrganisationId, PersonId)>, DbErr> {
    let holders = member::holders(db, Role::Administrator).await?;
    let active = who_can_sign_in(db, holders.iter().map(|(id, _)| *id)).await?;
    Ok(holders
        .into_iter()
        .filter(|(id, _)| active.contains(id))
        .map(|(id, held)| (held.organisation, id))
        .collect())
}

/// The organisations that this person administers and nobody else does.
pub fn alone_administers(
    administrators: &[(OrganisationId, PersonId)],
    id: PersonId,
) -> Vec<OrganisationId> {
    let mut own: Vec<OrganisationId> = administrators
        .iter()
        .filter(|(_, one)| *one == id)
        .map(|(organisation, _)| *organisation)
        .collect();
    own.sort_unstable();
    own.dedup();
    own.retain(|organisation| {
        !administrators
            .iter()
            .any(|(other, one)| other == organisation && *one != id)
    });
    own
}

/// Somebody to add.
#[derive(Clone)]
pub struct NewPerson {
    /// The name that colleagues see.
    pub name: String,
    /// The address.
    pub email: Email,
    /// The password as a PHC string; none for somebody who is invited.
    pub password_hash: Option<String>,
}

/// Adds a person; `None` where the address is somebody's already.
pub async fn insert_person<Root>(
    granted: &Granted<'_, Root>,
    new: &NewPerson,
) -> Result<Option<PersonId>, DbErr> {
    let row = person::ActiveModel {
        name: Set(new.name.clone()),
        email: Set(new.email.as_str().to_owned()),
        password_hash: Set(new.password_hash.clone()),
        created_at: Set(granted.now().as_millisecond()),
        ..Default::default()
    };
    let added = person::Entity::insert(row)
        .on_conflict(
            OnConflict::column(person::Column::Email)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(granted.tx())
        .await?;
    if added == 0 {
        return Ok(None);
    }
    Ok(by_email(granted.tx(), new.email.as_str())
        .await?
        .map(|account| account.id))
}

/// Sets a password.
pub async fn set_password<Root>(
    granted: &Granted<'_, Root>,
    id: PersonId,
    hash: String,
) -> Result<(), DbErr> {
    person::Entity::update_many()
        .col_expr(person::Column::PasswordHash, Expr::value(hash))
        .filter(person::Column::Id.eq(id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Disables an account or enables it. Says whether that changed anything.
pub async fn set_disabled<Root>(
    granted: &Granted<'_, Root>,
    id: PersonId,
    disabled: bool,
) -> Result<bool, DbErr> {
    let at = disabled.then(|| granted.now().as_millisecond());
    let mut update = person::Entity::update_many()
        .col_expr(person::Column::DisabledAt, Expr::value(at))
        .filter(person::Column::Id.eq(id.0));
    update = if disabled {
        update.filter(person::Column::DisabledAt.is_null())
    } else {
        update.filter(person::Column::DisabledAt.is_not_null())
    };
    Ok(update.exec(granted.tx()).await?.rows_affected > 0)
}

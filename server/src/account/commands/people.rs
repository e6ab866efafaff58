//! Use cases of administrators: invite, give and take roles, disable and enable.
//!
//! Invariant: every one of them asks `domain::account::policy` and leaves an entry in the record.

use domain::account::policy::{ManageRefused, may_disable, may_give_role, may_take_role};
use domain::account::{Email, Role};
use domain::ids::{PersonId, TeamId};
use entity::{membership, person};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::App;
use crate::account::commands::sign_in::{end_sessions, subject};
use crate::account::queries;
use crate::account::rows::links::{self, Purpose};
use crate::db::Tx;
use crate::http::Error;
use crate::mail::Letter;
use crate::record::audit;
use crate::record::outbox::{self, Effect};

/// Why nobody was invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InviteRefused {
    /// The address is somebody's already.
    EmailTaken,
    /// The role may not be given by this administrator.
    Manage(ManageRefused),
}

/// Invites somebody to a first role.
///
/// # Errors
/// Faults; the inner error is the refusal.
pub async fn invite(
    app: &App,
    by: PersonId,
    name: &str,
    email: &Email,
    team: TeamId,
    role: Role,
) -> Result<Result<PersonId, InviteRefused>, Error> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    if let Err(refused) = may_give(&tx, by, team).await? {
        return Ok(Err(InviteRefused::Manage(refused)));
    }
    let Some(id) = add_person(&tx, now, name, email, None).await? else {
        return Ok(Err(InviteRefused::EmailTaken));
    };
    add_role(&tx, id, team, role).await?;
    send_invitation(app, &tx, now, id, name, email.as_str()).await?;
    let detail = format!("team {team} {}", role.code());
    audit::append(&tx, now, Some(by), "person.invited", &subject(id), &detail).await?;
    tx.commit().await?;
    Ok(Ok(id))
}

/// Sends the invitation again; the earlier link stops working.
///
/// # Errors
/// Faults.
pub async fn invite_again(app: &App, by: PersonId, id: PersonId) -> Result<(), Error> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let row = person::Entity::find_by_id(id.0).one(&tx).await?;
    let Some(row) = row.filter(|r| r.password_hash.is_none() && r.disabled_at.is_none()) else {
        return Err(Error::NotFound);
    };
    send_invitation(app, &tx, now, id, &row.name, &row.email).await?;
    audit::append(&tx, now, Some(by), "person.invited-again", &subject(id), "").await?;
    tx.commit().await.map_err(Error::from)
}

/// Sends an invitation; an earlier link stops working.
///
/// # Errors
/// Those of the database.
pub async fn send_invitation(
    app: &App,
    tx: &Tx,
    now: Timestamp,
    id: PersonId,
    name: &str,
    email: &str,
) -> Result<(), DbErr> {
    let token = links::make(tx, now, id, Purpose::Invitation).await?;
    let link = format!("{}/invitation/{token}", app.config.base_url);
    let letter = Letter {
        to: email.to_owned(),
        subject: "You have been invited to Soundings".to_owned(),
        body: app::messages::letters::invitation(name, &link),
    };
    outbox::push(tx, now, &Effect::Mail(letter)).await
}

/// Gives a role; giving it twice is giving it once.
///
/// # Errors
/// Faults; the inner error is the refusal.
pub async fn give_role(
    app: &App,
    by: PersonId,
    id: PersonId,
    team: TeamId,
    role: Role,
) -> Result<Result<(), ManageRefused>, Error> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    if let Err(refused) = may_give(&tx, by, team).await? {
        return Ok(Err(refused));
    }
    if queries::name_and_email(&tx, id).await?.is_none() {
        return Err(Error::NotFound);
    }
    add_role(&tx, id, team, role).await?;
    let detail = format!("team {team} {}", role.code());
    audit::append(
        &tx,
        now,
        Some(by),
        "person.role-given",
        &subject(id),
        &detail,
    )
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Takes a role away.
///
/// # Errors
/// Faults; the inner error is the refusal.
pub async fn take_role(
    app: &App,
    by: PersonId,
    id: PersonId,
    team: TeamId,
    role: Role,
) -> Result<Result<(), ManageRefused>, Error> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let administered = queries::administered(&tx, by).await?;
    let organisation = queries::organisation_of(&tx, team)
        .await?
        .ok_or(Error::NotFound)?;
    if let Err(refused) = may_take_role(by, &administered, id, organisation, role) {
        return Ok(Err(refused));
    }
    membership::Entity::delete_by_id((id.0, team.0, role.code().to_owned()))
        .exec(&tx)
        .await?;
    let detail = format!("team {team} {}", role.code());
    audit::append(
        &tx,
        now,
        Some(by),
        "person.role-taken",
        &subject(id),
        &detail,
    )
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Disables an account, which ends its sessions and links, or enables it.
///
/// # Errors
/// Faults; the inner error is the refusal.
pub async fn set_disabled(
    app: &App,
    by: PersonId,
    id: PersonId,
    disabled: bool,
) -> Result<Result<(), ManageRefused>, Error> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let administered = queries::administered(&tx, by).await?;
    let works_for = queries::works_for(&tx, id, None).await?;
    if let Err(refused) = may_disable(by, &administered, id, &works_for) {
        return Ok(Err(refused));
    }
    let at = disabled.then(|| now.as_millisecond());
    let done = person::Entity::update_many()
        .col_expr(person::Column::DisabledAt, Expr::value(at))
        .filter(person::Column::Id.eq(id.0))
        .exec(&tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    if disabled {
        end_sessions(&tx, id, None).await?;
        links::end(&tx, now, id, None).await?;
    }
    let kind = if disabled {
        "person.disabled"
    } else {
        "person.enabled"
    };
    audit::append(&tx, now, Some(by), kind, &subject(id), "").await?;
    tx.commit().await?;
    Ok(Ok(()))
}

async fn may_give(tx: &Tx, by: PersonId, team: TeamId) -> Result<Result<(), ManageRefused>, Error> {
    let administered = queries::administered(tx, by).await?;
    let organisation = queries::organisation_of(tx, team)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(may_give_role(&administered, organisation))
}

/// Adds a person, for `create-admin`, the demonstration and invitations. `None` where the address
/// is somebody's already.
///
/// # Errors
/// Those of the database.
pub async fn add_person(
    tx: &Tx,
    now: Timestamp,
    name: &str,
    email: &Email,
    password_hash: Option<String>,
) -> Result<Option<PersonId>, DbErr> {
    let taken = person::Entity::find()
        .filter(person::Column::Email.eq(email.as_str()))
        .one(tx)
        .await?;
    if taken.is_some() {
        return Ok(None);
    }
    let row = person::ActiveModel {
        name: Set(name.to_owned()),
        email: Set(email.as_str().to_owned()),
        password_hash: Set(password_hash),
        created_at: Set(now.as_millisecond()),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(Some(PersonId(row.id)))
}

/// Adds a role without asking, for `create-admin` and the demonstration.
///
/// # Errors
/// Those of the database.
pub async fn add_role(tx: &Tx, person: PersonId, team: TeamId, role: Role) -> Result<(), DbErr> {
    let once = OnConflict::columns([
        membership::Column::PersonId,
        membership::Column::TeamId,
        membership::Column::Role,
    ])
    .do_nothing()
    .to_owned();
    membership::Entity::insert(membership::ActiveModel {
        person_id: Set(person.0),
        team_id: Set(team.0),
        role: Set(role.code().to_owned()),
    })
    .on_conflict(once)
    .exec_without_returning(tx)
    .await
    .map(drop)
}

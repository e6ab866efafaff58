//! Use cases of administrators: add and change teams, add an organisation.
//!
//! Invariant: every one of them asks the policy and leaves an entry in the record.

use domain::account::policy::{ManageRefused, may_give_role};
use domain::account::{Member, OrganisationKind, Role};
use domain::council::{NewOrganisation, TeamRefused, TeamWords, may_add_organisation};
use domain::ids::{OrganisationId, PersonId, TeamId};
use entity::{membership, organisation, person, team, team_area};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter,
};

use crate::App;
use crate::account::commands::people::{add_person, add_role, send_invitation};
use crate::account::queries::{administered, organisation_of};
use crate::council::commands::set_up;
use crate::db::Tx;
use crate::http::Error;
use crate::record::{audit, site};

async fn may_manage(
    db: &impl ConnectionTrait,
    by: PersonId,
    of: OrganisationId,
) -> Result<Result<(), ManageRefused>, DbErr> {
    Ok(may_give_role(&administered(db, by).await?, of))
}

async fn named(tx: &Tx, of: OrganisationId, name: &str) -> Result<Option<team::Model>, DbErr> {
    team::Entity::find()
        .filter(team::Column::OrganisationId.eq(of.0))
        .filter(team::Column::Name.eq(name))
        .one(tx)
        .await
}

/// Adds a team to an organisation. The same words twice add it once.
///
/// # Errors
/// Faults; the inner error is the refusal.
pub async fn add_team(
    app: &App,
    by: PersonId,
    of: OrganisationId,
    words: &TeamWords,
) -> Result<Result<TeamId, TeamRefused>, Error> {
    let tx = app.db.begin().await?;
    if let Err(refused) = may_manage(&tx, by, of).await? {
        return Ok(Err(TeamRefused::Manage(refused)));
    }
    if let Some(known) = named(&tx, of, &words.name).await? {
        let again = known.email == words.email.as_str();
        return Ok(if again {
            Ok(TeamId(known.id))
        } else {
            Err(TeamRefused::NameTaken)
        });
    }
    let id = set_up::team(&tx, of, &words.name, words.email.as_str()).await?;
    record(
        app,
        &tx,
        by,
        "team.added",
        &format!("team {id}"),
        &words.name,
    )
    .await?;
    tx.commit().await?;
    Ok(Ok(id))
}

/// Changes a team's words and, if it is one of the police, the wards it looks after.
///
/// # Errors
/// Faults; the inner error is the refusal.
pub async fn change_team(
    app: &App,
    by: PersonId,
    id: TeamId,
    words: &TeamWords,
) -> Result<Result<(), TeamRefused>, Error> {
    let tx = app.db.begin().await?;
    let of = organisation_of(&tx, id).await?.ok_or(Error::NotFound)?;
    if let Err(refused) = may_manage(&tx, by, of).await? {
        return Ok(Err(TeamRefused::Manage(refused)));
    }
    let known = named(&tx, of, &words.name).await?;
    if known.is_some_and(|known| known.id != id.0) {
        return Ok(Err(TeamRefused::NameTaken));
    }
    team::ActiveModel {
        id: Set(id.0),
        name: Set(words.name.clone()),
        email: Set(words.email.as_str().to_owned()),
        ..Default::default()
    }
    .update(&tx)
    .await?;
    let kind = organisation::Entity::find_by_id(of.0).one(&tx).await?;
    if kind.is_some_and(|row| row.kind == OrganisationKind::Police.code()) {
        team_area::Entity::delete_many()
            .filter(team_area::Column::TeamId.eq(id.0))
            .exec(&tx)
            .await?;
        set_up::serve_areas(&tx, id, &words.areas).await?;
    }
    let detail = format!("{}, {} wards", words.name, words.areas.len());
    record(app, &tx, by, "team.changed", &format!("team {id}"), &detail).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Adds a voluntary body and invites its first administrator; somebody who works here already is
/// given the role. The same words twice add it once.
///
/// # Errors
/// Faults; the inner error is the refusal.
pub async fn add_organisation(
    app: &App,
    by: &Member,
    new: &NewOrganisation,
) -> Result<Result<(), TeamRefused>, Error> {
    may_add_organisation(by)?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let known = organisation::Entity::find()
        .filter(organisation::Column::Slug.eq(set_up::slug(&new.name)))
        .one(&tx)
        .await?;
    if let Some(known) = known {
        let again = administers(&tx, known.id, new.email.as_str()).await?;
        return Ok(if again {
            Ok(())
        } else {
            Err(TeamRefused::NameTaken)
        });
    }
    let of = set_up::organisation(&tx, &new.name, OrganisationKind::Voluntary).await?;
    let team = set_up::team(&tx, of, "Administration", new.email.as_str()).await?;
    let id = match add_person(&tx, now, &new.person, &new.email, None).await? {
        Some(id) => {
            send_invitation(app, &tx, now, id, &new.person, new.email.as_str()).await?;
            id
        }
        None => person::Entity::find()
            .filter(person::Column::Email.eq(new.email.as_str()))
            .one(&tx)
            .await?
            .map(|row| PersonId(row.id))
            .ok_or(Error::NotFound)?,
    };
    add_role(&tx, id, team, Role::Administrator).await?;
    let subject = format!("organisation {of}");
    record(
        app,
        &tx,
        by.person,
        "organisation.added",
        &subject,
        &new.name,
    )
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Whether the person of this address administers this organisation.
async fn administers(tx: &Tx, of: i64, email: &str) -> Result<bool, DbErr> {
    let found = person::Entity::find()
        .filter(person::Column::Email.eq(email))
        .one(tx)
        .await?;
    let Some(found) = found else {
        return Ok(false);
    };
    let held = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(found.id))
        .filter(membership::Column::Role.eq(Role::Administrator.code()))
        .find_also_related(team::Entity)
        .all(tx)
        .await?;
    Ok(held
        .iter()
        .any(|(_, team)| team.as_ref().is_some_and(|team| team.organisation_id == of)))
}

/// Notes the kind, and that public pages name teams.
async fn record(
    app: &App,
    tx: &Tx,
    by: PersonId,
    kind: &str,
    subject: &str,
    detail: &str,
) -> Result<(), DbErr> {
    audit::append(tx, app.clock.now(), Some(by), kind, subject, detail).await?;
    site::changed(tx).await
}

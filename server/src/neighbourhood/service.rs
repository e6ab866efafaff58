//! Raising a concern, deciding whose it is, replying.

use domain::account::{Actor, Member};
use domain::ids::{AreaId, ConcernId};
use domain::neighbourhood::policy::{Context, may_answer};
use domain::neighbourhood::{
    ConcernRefused, NewConcern, Ownership, Status, check_concern, reply_due,
};
use entity::{area_promise, concern, concern_contact, concern_event, team_area};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr,
    EntityTrait, QueryFilter,
};

use crate::App;
use crate::http::Error;
use crate::mail::Letter;
use crate::record::outbox::{self, Effect};
use crate::record::{audit, site};
use crate::secret;

/// Raises a concern. The same key twice is once.
///
/// # Errors
/// What is missing, inside; the database outside.
pub async fn raise(
    app: &App,
    area: AreaId,
    new: &NewConcern,
    key: &str,
    code: &str,
    invented: bool,
    now: Timestamp,
) -> Result<Result<(), Vec<ConcernRefused>>, Error> {
    if let Err(refused) = check_concern(new) {
        return Ok(Err(refused));
    }
    let Some(category) = new.category else {
        return Ok(Err(vec![ConcernRefused::NoCategory]));
    };
    let tx = app.db.begin().await?;
    let key = secret::hash(key);
    let known = concern::Entity::find()
        .filter(concern::Column::IdempotencyKey.eq(&key))
        .one(&tx)
        .await?;
    if known.is_some() {
        return Ok(Ok(()));
    }
    let stored = concern::Entity::insert(concern::ActiveModel {
        area_id: Set(area.0),
        category: Set(category.code().to_owned()),
        what: Set(new.what.trim().to_owned()),
        place: Set(new.place.trim().to_owned()),
        may_contact: Set(new.may_contact),
        idempotency_key: Set(key.clone()),
        receipt_hash: Set(secret::hash(code)),
        submitted_at: Set(now.as_millisecond()),
        reply_due_at: Set(reply_due(now).as_millisecond()),
        ownership: Set(Ownership::Open.code().to_owned()),
        status: Set(Status::New.code().to_owned()),
        invented: Set(invented),
        ..Default::default()
    })
    .on_conflict(
        OnConflict::column(concern::Column::IdempotencyKey)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(&tx)
    .await?;
    if stored == 0 {
        // Somebody pressed twice at the same moment; the other one is the same concern.
        return Ok(Ok(()));
    }
    let row = concern::Entity::find()
        .filter(concern::Column::IdempotencyKey.eq(&key))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if new.may_contact {
        concern_contact::Entity::insert(concern_contact::ActiveModel {
            concern_id: Set(row.id),
            name: Set(given(&new.name)),
            email: Set(given(&new.email)),
        })
        .exec_without_returning(&tx)
        .await?;
    }
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// The context of a concern: the neighbourhood teams of its area.
///
/// # Errors
/// Those of the database.
pub async fn context(db: &impl ConnectionTrait, row: &concern::Model) -> Result<Context, DbErr> {
    Ok(Context {
        teams: team_area::Entity::find()
            .filter(team_area::Column::AreaId.eq(row.area_id))
            .all(db)
            .await?
            .into_iter()
            .map(|link| link.team_id.into())
            .collect(),
        ownership: Ownership::from_code(&row.ownership).unwrap_or(Ownership::Open),
    })
}

async fn permitted(
    tx: &DatabaseTransaction,
    member: &Member,
    id: ConcernId,
) -> Result<concern::Model, Error> {
    let row = concern::Entity::find_by_id(id.0)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    may_answer(&Actor::Member(member.clone()), &context(tx, &row).await?)?;
    Ok(row)
}

/// What a team does with a concern.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Whose it is.
    pub ownership: Ownership,
    /// How far it has come.
    pub status: Status,
    /// A reply to its author; empty for none.
    pub reply: String,
}

/// Records whose it is, how far it has come, and a reply.
///
/// # Errors
/// Permission, the database.
pub async fn answer(
    app: &App,
    member: &Member,
    id: ConcernId,
    answer: Answer,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let row = permitted(&tx, member, id).await?;
    let mut events: Vec<(&str, String)> = Vec::new();
    if row.ownership != answer.ownership.code() {
        events.push(("routed", answer.ownership.code().to_owned()));
    }
    if row.status != answer.status.code() {
        events.push(("status", answer.status.code().to_owned()));
    }
    let reply = answer.reply.trim().to_owned();
    if !reply.is_empty() {
        events.push(("replied", reply.clone()));
    }
    for (kind, text) in &events {
        concern_event::Entity::insert(concern_event::ActiveModel {
            concern_id: Set(id.0),
            at: Set(now.as_millisecond()),
            person_id: Set(Some(member.person.0)),
            kind: Set((*kind).to_owned()),
            text: Set(text.clone()),
            ..Default::default()
        })
        .exec_without_returning(&tx)
        .await?;
    }
    let first_reply = row
        .first_reply_at
        .or((!reply.is_empty()).then(|| now.as_millisecond()));
    concern::ActiveModel {
        id: Set(id.0),
        ownership: Set(answer.ownership.code().to_owned()),
        status: Set(answer.status.code().to_owned()),
        first_reply_at: Set(first_reply),
        ..Default::default()
    }
    .update(&tx)
    .await?;
    if !reply.is_empty() {
        tell_author(app, &tx, id, &reply, now).await?;
    }
    let kinds: Vec<&str> = events.iter().map(|(kind, _)| *kind).collect();
    let subject = format!("concern/{id}");
    audit::append(
        &tx,
        now,
        Some(member.person),
        "answer-concern",
        &subject,
        &kinds.join(","),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn tell_author(
    app: &App,
    tx: &DatabaseTransaction,
    id: ConcernId,
    reply: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    let contact = concern_contact::Entity::find_by_id(id.0).one(tx).await?;
    let Some(to) = contact.and_then(|contact| contact.email) else {
        return Ok(());
    };
    let body = format!(
        "The neighbourhood team has replied to the concern you raised:\n\n{reply}\n\nYou can see \
         how far it has come with the code on your receipt:\n\n{}/concerns\n",
        app.config.base_url
    );
    let letter = Letter {
        to,
        subject: "A reply to your concern".to_owned(),
        body,
    };
    outbox::push(tx, now, &Effect::Mail(letter)).await
}

/// Publishes what people said about a ward and what was done.
///
/// # Errors
/// Permission, the database.
pub async fn say_what_was_done(
    app: &App,
    member: &Member,
    area: AreaId,
    said: &str,
    done: &str,
    now: Timestamp,
) -> Result<(), Error> {
    use domain::account::{NotPermitted, Role};
    let tx = app.db.begin().await?;
    let teams: Vec<i64> = team_area::Entity::find()
        .filter(team_area::Column::AreaId.eq(area.0))
        .all(&tx)
        .await?
        .into_iter()
        .map(|link| link.team_id)
        .collect();
    let team = member
        .teams_as(Role::NeighbourhoodOfficer)
        .into_iter()
        .find(|team| teams.contains(&team.0))
        .ok_or(NotPermitted::Forbidden)?;
    area_promise::Entity::insert(area_promise::ActiveModel {
        area_id: Set(area.0),
        team_id: Set(team.0),
        you_said: Set(said.trim().to_owned()),
        we_did: Set(done.trim().to_owned()),
        at: Set(now.as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(&tx)
    .await?;
    let subject = format!("area/{area}");
    audit::append(
        &tx,
        now,
        Some(member.person),
        "say-what-was-done",
        &subject,
        done,
    )
    .await?;
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(())
}

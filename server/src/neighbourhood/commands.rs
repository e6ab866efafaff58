//! Raising a concern, deciding whose it is, replying.

use app::messages::neighbourhood as words;
use app::paths;
use app::ui::dates;
use domain::account::{Actor, Member, NotPermitted, Role};
use domain::ids::{AreaId, ConcernId};
use domain::neighbourhood::policy::{Context, may_answer};
use domain::neighbourhood::read::ConcernReceipt;
use domain::neighbourhood::{
    Answer, ConcernRefused, NewConcern, Ownership, Route, Status, check_concern, reply_due,
};
use entity::{area_promise, concern, concern_contact, concern_event, team_area};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter,
};

use crate::App;
use crate::db::Tx;
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

async fn permitted(tx: &Tx, member: &Member, id: ConcernId) -> Result<concern::Model, Error> {
    let row = concern::Entity::find_by_id(id.0)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    may_answer(&Actor::Member(member.clone()), &context(tx, &row).await?)?;
    Ok(row)
}

/// Records whose it is, how far it has come, and a reply. The same form (`key`) twice is once, and
/// what changes nothing leaves no trace.
///
/// # Errors
/// Permission, the database.
pub async fn answer(
    app: &App,
    member: &Member,
    id: ConcernId,
    answer: &Answer,
    key: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let row = permitted(&tx, member, id).await?;
    let mut events: Vec<(&str, String)> = Vec::new();
    let sent_to = row.sent_to.as_deref().unwrap_or_default();
    let before = Ownership::from_code(&row.ownership).map(|o| Route::new(o, sent_to));
    if before.as_ref() != Some(&answer.route) {
        events.push(("routed", answer.route.code()));
    }
    if row.status != answer.status.code() {
        events.push(("status", answer.status.code().to_owned()));
    }
    if !answer.reply.is_empty() {
        events.push(("replied", answer.reply.clone()));
    }
    if events.is_empty() {
        return Ok(());
    }
    let key = form_key(member, key);
    for (at, (kind, text)) in events.iter().enumerate() {
        let stored = concern_event::Entity::insert(concern_event::ActiveModel {
            concern_id: Set(id.0),
            at: Set(now.as_millisecond()),
            person_id: Set(Some(member.person.0)),
            kind: Set((*kind).to_owned()),
            text: Set(text.clone()),
            // The first event carries the key: a second click writes none of them.
            idempotency_key: Set(key.clone().filter(|_| at == 0)),
            ..Default::default()
        })
        .on_conflict(
            OnConflict::column(concern_event::Column::IdempotencyKey)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&tx)
        .await?;
        if stored == 0 {
            return Ok(());
        }
    }
    let first_reply = row
        .first_reply_at
        .or((!answer.reply.is_empty()).then(|| now.as_millisecond()));
    let sent_to = Some(answer.route.sent_to.clone()).filter(|text| !text.is_empty());
    concern::ActiveModel {
        id: Set(id.0),
        ownership: Set(answer.route.ownership.code().to_owned()),
        sent_to: Set(sent_to),
        status: Set(answer.status.code().to_owned()),
        first_reply_at: Set(first_reply),
        ..Default::default()
    }
    .update(&tx)
    .await?;
    if !answer.reply.is_empty() {
        tell_author(app, &tx, id, answer, now).await?;
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

/// What is stored of a form's key: one person's, so that nobody takes another's.
fn form_key(member: &Member, key: &str) -> Option<String> {
    (!key.is_empty()).then(|| secret::hash(&format!("{}/{key}", member.person)))
}

async fn tell_author(
    app: &App,
    tx: &Tx,
    id: ConcernId,
    answer: &Answer,
    now: Timestamp,
) -> Result<(), DbErr> {
    let contact = concern_contact::Entity::find_by_id(id.0).one(tx).await?;
    let Some(to) = contact.and_then(|contact| contact.email) else {
        return Ok(());
    };
    let letter = Letter {
        to,
        subject: words::REPLY_SUBJECT.to_owned(),
        body: words::reply_letter(
            &answer.reply,
            &words::with_whom(&answer.route),
            &format!("{}{}", app.config.base_url, paths::CONCERN_LOOK_UP),
        ),
    };
    outbox::push(tx, now, &Effect::Mail(letter)).await
}

/// Has the receipt of a concern sent to this address, once.
///
/// # Errors
/// Those of the database.
pub async fn mail_receipt(
    app: &App,
    to: &str,
    receipt: &ConcernReceipt,
    now: Timestamp,
) -> Result<(), Error> {
    let letter = Letter {
        to: to.to_owned(),
        subject: words::RECEIPT_SUBJECT.to_owned(),
        body: words::receipt_letter(
            &receipt.code,
            &dates::long(receipt.due),
            &format!("{}{}", app.config.base_url, paths::CONCERN_LOOK_UP),
        ),
    };
    let tx = app.db.begin().await?;
    outbox::push(&tx, now, &Effect::Mail(letter)).await?;
    tx.commit().await?;
    Ok(())
}

/// Publishes what people said about a ward and what was done. The same form (`key`) twice is once.
///
/// # Errors
/// Permission, the database.
pub async fn say_what_was_done(
    app: &App,
    member: &Member,
    area: AreaId,
    (said, done): (&str, &str),
    key: &str,
    now: Timestamp,
) -> Result<(), Error> {
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
    let stored = area_promise::Entity::insert(area_promise::ActiveModel {
        area_id: Set(area.0),
        team_id: Set(team.0),
        you_said: Set(said.trim().to_owned()),
        we_did: Set(done.trim().to_owned()),
        at: Set(now.as_millisecond()),
        idempotency_key: Set(form_key(member, key)),
        ..Default::default()
    })
    .on_conflict(
        OnConflict::column(area_promise::Column::IdempotencyKey)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(&tx)
    .await?;
    if stored == 0 {
        return Ok(());
    }
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

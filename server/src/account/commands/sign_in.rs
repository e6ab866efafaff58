//! Use cases of signing in and of passwords; one method, one transaction.
//!
//! Deliberately not here: managing other people (see `people`).

use domain::ids::PersonId;
use entity::{person, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::App;
use crate::account::queries;
use crate::account::rows::links::{self, Purpose};
use crate::http::Error;
use crate::mail::Letter;
use crate::record::audit;
use crate::record::outbox::{self, Effect};
use crate::secret;

/// The person whose address and password these are. Nothing tells a wrong address from a wrong
/// password. `known_browser` is the address that this browser has signed in with before, as its
/// signed cookie says: the owner still gets in while others guess.
///
/// # Errors
/// [`Error::TooMany`] after too many failures on this account, else faults.
pub async fn sign_in(
    app: &App,
    email: &str,
    password: String,
    known_browser: bool,
) -> Result<Option<PersonId>, Error> {
    let email = email.trim().to_lowercase();
    let counted = if known_browser {
        format!("known {}", secret::hash(&email))
    } else {
        secret::hash(&email)
    };
    app.limits.account_open(&counted)?;
    let found = queries::by_email(app.db.read(), &email).await?;
    let stored = found.as_ref().and_then(|row| row.password_hash.clone());
    let right = app
        .hasher
        .verify(password, stored)
        .await
        .map_err(Error::unexpected)?;
    match found.filter(|_| right) {
        Some(row) => Ok(Some(PersonId(row.id))),
        None => {
            app.limits.count_failure(&counted);
            Ok(None)
        }
    }
}

/// Sends a reset link where the address is a member's. Does the same work where it is nobody's.
///
/// # Errors
/// Faults.
pub async fn ask_reset(app: &App, email: &str) -> Result<(), Error> {
    let email = email.trim().to_lowercase();
    let counted = format!("reset {}", secret::hash(&email));
    app.limits.account_open(&counted)?;
    app.limits.count_failure(&counted);
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    match queries::by_email(&tx, &email).await? {
        Some(row) if row.password_hash.is_some() => {
            let id = PersonId(row.id);
            let token = links::make(&tx, now, id, Purpose::Reset).await?;
            audit::append(&tx, now, None, "account.reset-asked", &subject(id), "").await?;
            let letter = Letter {
                to: row.email,
                subject: "Set a new password for Soundings".to_owned(),
                body: app::messages::letters::reset(
                    &row.name,
                    &format!("{}/reset/{token}", app.config.base_url),
                ),
            };
            outbox::push(&tx, now, &Effect::Mail(letter)).await?;
        }
        // A write of the same kind, so that the time it takes does not tell who works here.
        _ => {
            audit::append(&tx, now, None, "account.reset-asked", "nobody", "").await?;
        }
    }
    tx.commit().await.map_err(Error::from)
}

/// Sets a password by a one-time link and returns whose it is. Every session ends.
///
/// # Errors
/// Faults. `None` where the link does not work any more.
pub async fn set_password_by_link(
    app: &App,
    token: &str,
    purpose: Purpose,
    password: String,
) -> Result<Option<PersonId>, Error> {
    let now = app.clock.now();
    let hash = app.hasher.hash(password).await.map_err(Error::unexpected)?;
    let tx = app.db.begin().await?;
    let Some(row) = links::look(&tx, now, token, purpose).await? else {
        return Ok(None);
    };
    if !links::take(&tx, now, token, purpose).await? {
        return Ok(None);
    }
    let id = PersonId(row.id);
    store_password(&tx, id, hash).await?;
    links::end(&tx, now, id, None).await?;
    end_sessions(&tx, id, None).await?;
    audit::append(&tx, now, Some(id), "account.password-set", &subject(id), "").await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// Changes one's own password. Every session but `keep` (its id in clear) ends.
///
/// # Errors
/// Faults. False where the present password is wrong.
pub async fn change_password(
    app: &App,
    id: PersonId,
    present: String,
    new: String,
    keep: Option<String>,
) -> Result<bool, Error> {
    let counted = format!("change {id}");
    app.limits.account_open(&counted)?;
    let row = person::Entity::find_by_id(id.0).one(app.db.read()).await?;
    let stored = row.and_then(|row| row.password_hash);
    let right = app.hasher.verify(present, stored).await;
    if !right.map_err(Error::unexpected)? {
        app.limits.count_failure(&counted);
        return Ok(false);
    }
    let hash = app.hasher.hash(new).await.map_err(Error::unexpected)?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store_password(&tx, id, hash).await?;
    links::end(&tx, now, id, None).await?;
    end_sessions(&tx, id, keep).await?;
    audit::append(
        &tx,
        now,
        Some(id),
        "account.password-changed",
        &subject(id),
        "",
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}

async fn store_password(
    tx: &impl ConnectionTrait,
    id: PersonId,
    hash: String,
) -> Result<(), DbErr> {
    person::Entity::update_many()
        .col_expr(person::Column::PasswordHash, Expr::value(hash))
        .filter(person::Column::Id.eq(id.0))
        .exec(tx)
        .await
        .map(drop)
}

/// Ends the person's sessions, all but the one with this id.
///
/// # Errors
/// Those of the database.
pub async fn end_sessions(
    tx: &impl ConnectionTrait,
    id: PersonId,
    keep: Option<String>,
) -> Result<(), DbErr> {
    let mut delete = session::Entity::delete_many().filter(session::Column::PersonId.eq(id.0));
    if let Some(keep) = keep {
        delete = delete.filter(session::Column::Id.ne(secret::hash(&keep)));
    }
    delete.exec(tx).await.map(drop)
}

/// How the record names a person: by number, never by name.
pub fn subject(id: PersonId) -> String {
    format!("person {id}")
}

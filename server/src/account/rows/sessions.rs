//! Sessions of staff. The session layer makes and reads them; use cases end them.
//!
//! Invariant: the row holds the SHA-256 of the session's id, never the id itself. A row that was
//! removed does not come back: only a new sign-in adds one. A session is worth something only as
//! long as the password it was opened with is the person's ([`super::signed_in`]), so that one which is opened at
//! the moment of a reset, with the old password, opens nothing.

use domain::ids::PersonId;
use entity::session;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::granted::Granted;
use crate::secret;

/// What is kept of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// What it holds, as JSON.
    pub data: String,
    /// Who is signed in.
    pub person: Option<i64>,
    /// When it ends, in milliseconds.
    pub expires_at: i64,
}

/// Adds a session. False where there is one of this id.
pub async fn insert(
    tx: &impl ConnectionTrait,
    id: &str,
    kept: StoredSession,
) -> Result<bool, DbErr> {
    let row = session::ActiveModel {
        id: Set(secret::hash(id)),
        data: Set(kept.data),
        person_id: Set(kept.person),
        expires_at: Set(kept.expires_at),
    };
    let nothing = OnConflict::column(session::Column::Id)
        .do_nothing()
        .to_owned();
    let added = session::Entity::insert(row)
        .on_conflict(nothing)
        .exec_without_returning(tx)
        .await?;
    Ok(added == 1)
}

/// Changes a session that is there. One that has ended stays ended.
pub async fn update(tx: &impl ConnectionTrait, id: &str, kept: StoredSession) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::Data, Expr::value(kept.data))
        .col_expr(session::Column::PersonId, Expr::value(kept.person))
        .col_expr(session::Column::ExpiresAt, Expr::value(kept.expires_at))
        .filter(session::Column::Id.eq(secret::hash(id)))
        .exec(tx)
        .await
        .map(drop)
}

/// The session of this id, if it has not ended.
pub async fn find(
    db: &impl ConnectionTrait,
    id: &str,
    now: Timestamp,
) -> Result<Option<StoredSession>, DbErr> {
    Ok(session::Entity::find_by_id(secret::hash(id))
        .filter(session::Column::ExpiresAt.gt(now.as_millisecond()))
        .one(db)
        .await?
        .map(|row| StoredSession {
            data: row.data,
            person: row.person_id,
            expires_at: row.expires_at,
        }))
}

/// Removes a session.
pub async fn delete(tx: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    session::Entity::delete_by_id(secret::hash(id))
        .exec(tx)
        .await
        .map(drop)
}

/// Removes those that have ended.
pub async fn delete_expired(tx: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lt(now.as_millisecond()))
        .exec(tx)
        .await
        .map(drop)
}

/// Ends the person's sessions.
pub async fn end<Root>(granted: &Granted<'_, Root>, person: PersonId) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::PersonId.eq(person.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

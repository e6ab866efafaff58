//! One-time links: an unguessable token in an email, stored only as its hash.
//!
//! Invariant: a link works once and until its time; taking it and what it allows are one
//! transaction.

use domain::ids::PersonId;
use entity::{one_time_link, person};
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::secret;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// First password of somebody invited: 7 days.
    Invitation,
    /// New password of somebody who forgot it: 1 hour.
    Reset,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }

    fn lasts(self) -> SignedDuration {
        match self {
            Purpose::Invitation => SignedDuration::from_hours(7 * 24),
            Purpose::Reset => SignedDuration::from_hours(1),
        }
    }
}

/// Makes a link and returns its token. Earlier links of the person for this purpose stop working.
///
/// # Errors
/// Those of the database, or no randomness.
pub async fn make(
    tx: &impl ConnectionTrait,
    now: Timestamp,
    person: PersonId,
    purpose: Purpose,
) -> Result<String, DbErr> {
    end(tx, now, person, Some(purpose)).await?;
    let token = secret::token().map_err(|error| DbErr::Custom(error.to_string()))?;
    let expires = now.saturating_add(purpose.lasts()).unwrap_or(now);
    one_time_link::Entity::insert(one_time_link::ActiveModel {
        person_id: Set(person.0),
        purpose: Set(purpose.code().to_owned()),
        token_hash: Set(secret::hash(&token)),
        expires_at: Set(expires.as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(tx)
    .await?;
    Ok(token)
}

/// Ends the person's links for this purpose, or all of them.
///
/// # Errors
/// Those of the database.
pub async fn end(
    tx: &impl ConnectionTrait,
    now: Timestamp,
    person: PersonId,
    purpose: Option<Purpose>,
) -> Result<(), DbErr> {
    let mut update = one_time_link::Entity::update_many()
        .col_expr(
            one_time_link::Column::UsedAt,
            Expr::value(now.as_millisecond()),
        )
        .filter(one_time_link::Column::PersonId.eq(person.0))
        .filter(one_time_link::Column::UsedAt.is_null());
    if let Some(purpose) = purpose {
        update = update.filter(one_time_link::Column::Purpose.eq(purpose.code()));
    }
    update.exec(tx).await.map(drop)
}

/// Whose link it is, while it works. Looking does not use it up.
///
/// # Errors
/// Those of the database.
pub async fn look(
    db: &impl ConnectionTrait,
    now: Timestamp,
    token: &str,
    purpose: Purpose,
) -> Result<Option<person::Model>, DbErr> {
    let Some(link) = one_time_link::Entity::find()
        .filter(one_time_link::Column::TokenHash.eq(secret::hash(token)))
        .filter(one_time_link::Column::Purpose.eq(purpose.code()))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(now.as_millisecond()))
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    person::Entity::find_by_id(link.person_id)
        .filter(person::Column::DisabledAt.is_null())
        .one(db)
        .await
}

/// Uses the link up. False where somebody else did meanwhile.
///
/// # Errors
/// Those of the database.
pub async fn take(
    tx: &impl ConnectionTrait,
    now: Timestamp,
    token: &str,
    purpose: Purpose,
) -> Result<bool, DbErr> {
    let done = one_time_link::Entity::update_many()
        .col_expr(
            one_time_link::Column::UsedAt,
            Expr::value(now.as_millisecond()),
        )
        .filter(one_time_link::Column::TokenHash.eq(secret::hash(token)))
        .filter(one_time_link::Column::Purpose.eq(purpose.code()))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(now.as_millisecond()))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

//! One-time links: an unguessable token in an email, stored only as its hash.
//!
//! Invariant: a link works once and until its time; taking it and what it allows are one
//! transaction.

use domain::ids::PersonId;
use entity::one_time_link;
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::people::{self, Account};
use crate::granted::Granted;
use crate::secret;

/// How long after its use a link still says whose it was.
const A_MOMENT: SignedDuration = SignedDuration::from_mins(10);

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
pub async fn make<Root>(
    granted: &Granted<'_, Root>,
    person: PersonId,
    purpose: Purpose,
) -> Result<String, DbErr> {
    end(granted, person, Some(purpose)).await?;
    let token = secret::token().map_err(|error| DbErr::Custom(error.to_string()))?;
    let now = granted.now();
    let expires = now.saturating_add(purpose.lasts()).unwrap_or(now);
    one_time_link::Entity::insert(one_time_link::ActiveModel {
        person_id: Set(person.0),
        purpose: Set(purpose.code().to_owned()),
        token_hash: Set(secret::hash(&token)),
        expires_at: Set(expires.as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(granted.tx())
    .await?;
    Ok(token)
}

/// Ends the person's links for this purpose, or all of them.
pub async fn end<Root>(
    granted: &Granted<'_, Root>,
    person: PersonId,
    purpose: Option<Purpose>,
) -> Result<(), DbErr> {
    let mut update = one_time_link::Entity::update_many()
        .col_expr(
            one_time_link::Column::UsedAt,
            Expr::value(granted.now().as_millisecond()),
        )
        .filter(one_time_link::Column::PersonId.eq(person.0))
        .filter(one_time_link::Column::UsedAt.is_null());
    if let Some(purpose) = purpose {
        update = update.filter(one_time_link::Column::Purpose.eq(purpose.code()));
    }
    update.exec(granted.tx()).await.map(drop)
}

/// Whose link it is, while it works. Looking does not use it up.
pub async fn look(
    db: &impl ConnectionTrait,
    now: Timestamp,
    token: &str,
    purpose: Purpose,
) -> Result<Option<Account>, DbErr> {
    let found = one_time_link::Entity::find()
        .filter(one_time_link::Column::TokenHash.eq(secret::hash(token)))
        .filter(one_time_link::Column::Purpose.eq(purpose.code()))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(now.as_millisecond()))
        .one(db)
        .await?;
    holder(db, found).await
}

/// Whose link it was that was used up a moment ago: by the first of two clicks, for one.
pub async fn used_just_now(
    db: &impl ConnectionTrait,
    now: Timestamp,
    token: &str,
    purpose: Purpose,
) -> Result<Option<Account>, DbErr> {
    let since = now.saturating_sub(A_MOMENT).unwrap_or(now).as_millisecond();
    let found = one_time_link::Entity::find()
        .filter(one_time_link::Column::TokenHash.eq(secret::hash(token)))
        .filter(one_time_link::Column::Purpose.eq(purpose.code()))
        .filter(one_time_link::Column::UsedAt.gte(since))
        .one(db)
        .await?;
    holder(db, found).await
}

async fn holder(
    db: &impl ConnectionTrait,
    link: Option<one_time_link::Model>,
) -> Result<Option<Account>, DbErr> {
    let Some(link) = link else {
        return Ok(None);
    };
    let account = people::by_id(db, PersonId(link.person_id)).await?;
    Ok(account.filter(|account| !account.disabled))
}

/// Uses the link up. False where it does not work any more.
pub async fn take<Root>(
    granted: &Granted<'_, Root>,
    token: &str,
    purpose: Purpose,
) -> Result<bool, DbErr> {
    let now = granted.now().as_millisecond();
    let done = one_time_link::Entity::update_many()
        .col_expr(one_time_link::Column::UsedAt, Expr::value(now))
        .filter(one_time_link::Column::TokenHash.eq(secret::hash(token)))
        .filter(one_time_link::Column::Purpose.eq(purpose.code()))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(now))
        .exec(granted.tx())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Removes links that have expired.
pub async fn delete_expired(tx: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
    one_time_link::Entity::delete_many()
        .filter(one_time_link::Column::ExpiresAt.lt(now.as_millisecond()))
        .exec(tx)
        .await
        .map(drop)
}

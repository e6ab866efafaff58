//! How to reach those who raised a concern and said that we may, as rows.

use domain::council::AreaInCare;
use domain::ids::ConcernId;
use domain::neighbourhood::read::Contact;
use domain::neighbourhood::{Concern, NewConcern, Status};
use domain::typed;
use entity::{concern, concern_contact, concern_event};
use jiff::Timestamp;
use sea_orm::sea_query::{LockType, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::db::Tx;
use crate::granted::{Granted, Locked};

/// Keeps how to reach whoever raised this concern.
pub async fn insert(
    granted: &Granted<'_, AreaInCare>,
    of: ConcernId,
    new: &NewConcern,
) -> Result<(), DbErr> {
    let given = |text: &str| Some(typed::trimmed(text).to_owned()).filter(|text| !text.is_empty());
    concern_contact::Entity::insert(concern_contact::ActiveModel {
        concern_id: Set(of.0),
        name: Set(given(&new.name)),
        email: Set(given(&new.email)),
    })
    .exec_without_returning(granted.tx())
    .await
    .map(drop)
}

/// How to reach whoever raised this concern, if they said that we may.
pub async fn read(db: &impl ConnectionTrait, of: ConcernId) -> Result<Option<Contact>, DbErr> {
    Ok(concern_contact::Entity::find_by_id(of.0)
        .one(db)
        .await?
        .map(|row| Contact {
            name: row.name.unwrap_or_default(),
            email: row.email.unwrap_or_default(),
        }))
}

/// The address of whoever raised the concern, for the letter with a reply.
pub async fn address(granted: &Granted<'_, Concern>) -> Result<Option<String>, DbErr> {
    let contact = read(granted.tx(), granted.root().id).await?;
    Ok(contact
        .map(|contact| contact.email)
        .filter(|email| !email.is_empty()))
}

/// Locks concerns that have ended, to which nothing has happened since `before`, and whose authors
/// can still be reached: the first `most` of them by id.
pub async fn lock_expired(
    tx: &Tx,
    before: Timestamp,
    most: u64,
) -> Result<Locked<Vec<ConcernId>>, DbErr> {
    let lately = Query::select()
        .column(concern_event::Column::ConcernId)
        .from(concern_event::Entity)
        .and_where(concern_event::Column::At.gte(before.as_millisecond()))
        .to_owned();
    let reachable = Query::select()
        .column(concern_contact::Column::ConcernId)
        .from(concern_contact::Entity)
        .to_owned();
    let ended = [Status::Done.code(), Status::NoAction.code()];
    let found: Vec<i64> = concern::Entity::find()
        .select_only()
        .column(concern::Column::Id)
        .filter(concern::Column::Status.is_in(ended))
        .filter(concern::Column::Id.in_subquery(reachable))
        .filter(concern::Column::Id.not_in_subquery(lately))
        .order_by_asc(concern::Column::Id)
        .limit(most)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(Locked::new(found.into_iter().map(ConcernId).collect()))
}

/// Forgets how to reach whoever raised these concerns.
pub async fn forget(granted: &Granted<'_, Vec<ConcernId>>) -> Result<(), DbErr> {
    let of = granted.root().iter().map(|concern| concern.0);
    concern_contact::Entity::delete_many()
        .filter(concern_contact::Column::ConcernId.is_in(of))
        .exec(granted.tx())
        .await
        .map(drop)
}

//! Published lists of ballots as rows.

use std::collections::HashSet;

use domain::consultation::Consultation;
use domain::ids::PollId;
use domain::poll::read::PublishedList;
use entity::poll_count;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::db::moment;
use crate::granted::Granted;

/// The published list of a poll, once there is one.
pub async fn published(
    db: &impl ConnectionTrait,
    poll: PollId,
) -> Result<Option<PublishedList>, DbErr> {
    poll_count::Entity::find()
        .filter(poll_count::Column::PollId.eq(poll.0))
        .order_by_asc(poll_count::Column::Id)
        .limit(1)
        .one(db)
        .await?
        .map(|row| {
            Ok(PublishedList {
                list: row.list,
                list_hash: row.list_hash,
                published_at: moment(row.published_at)?,
            })
        })
        .transpose()
}

/// A published list without its text, which may be long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListHead {
    /// The SHA-256 of the text, in hexadecimal.
    pub list_hash: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// What there is to know of the published list of a poll without reading it.
pub async fn head(db: &impl ConnectionTrait, poll: PollId) -> Result<Option<ListHead>, DbErr> {
    poll_count::Entity::find()
        .select_only()
        .columns([
            poll_count::Column::ListHash,
            poll_count::Column::PublishedAt,
        ])
        .filter(poll_count::Column::PollId.eq(poll.0))
        .order_by_asc(poll_count::Column::Id)
        .limit(1)
        .into_tuple::<(String, i64)>()
        .one(db)
        .await?
        .map(|(list_hash, at)| {
            Ok(ListHead {
                list_hash,
                published_at: moment(at)?,
            })
        })
        .transpose()
}

/// Whether a poll is published; its list, which may be long, is not read.
pub async fn is_published(db: &impl ConnectionTrait, poll: PollId) -> Result<bool, DbErr> {
    let published = poll_count::Entity::find()
        .filter(poll_count::Column::PollId.eq(poll.0))
        .count(db)
        .await?;
    Ok(published > 0)
}

/// Which of these polls are published.
pub async fn published_of(
    db: &impl ConnectionTrait,
    polls: &[PollId],
) -> Result<HashSet<PollId>, DbErr> {
    if polls.is_empty() {
        return Ok(HashSet::new());
    }
    Ok(poll_count::Entity::find()
        .select_only()
        .column(poll_count::Column::PollId)
        .filter(poll_count::Column::PollId.is_in(polls.iter().map(|id| id.0)))
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .map(PollId)
        .collect())
}

/// Keeps a list as published.
pub async fn insert(
    granted: &Granted<'_, Consultation>,
    poll: PollId,
    list: String,
    list_hash: String,
) -> Result<(), DbErr> {
    poll_count::Entity::insert(poll_count::ActiveModel {
        poll_id: Set(poll.0),
        list: Set(list),
        list_hash: Set(list_hash),
        published_at: Set(granted.now().as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(granted.tx())
    .await
    .map(drop)
}

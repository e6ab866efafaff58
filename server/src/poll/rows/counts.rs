//! Published lists of ballots as rows.

use std::collections::HashSet;

use domain::consultation::Consultation;
use domain::ids::PollId;
use domain::poll::read::PublishedList;
use entity::poll_count;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
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

//! Polls as rows. Their options are in `options`.

use std::collections::HashSet;

use domain::consultation::Consultation;
use domain::ids::{ConsultationId, PollId};
use domain::poll::{Electorate, Method, NewPoll, Poll, PollOption};
use domain::typed;
use entity::poll;
use sea_orm::sea_query::{LockType, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{electors, options, unreadable};
use crate::error::Fault;
use crate::granted::Granted;
use crate::secret;

/// The poll of this number.
///
/// # Errors
/// A poll that can't be read is a fault.
pub async fn find(
    db: &impl ConnectionTrait,
    on: ConsultationId,
    number: i32,
) -> Result<Option<Poll>, DbErr> {
    let found = poll::Entity::find()
        .filter(poll::Column::ConsultationId.eq(on.0))
        .filter(poll::Column::Number.eq(number))
        .one(db)
        .await?;
    let Some(row) = found else { return Ok(None) };
    let options = options::of(db, &[PollId(row.id)])
        .await?
        .remove(&PollId(row.id));
    read(row, options.unwrap_or_default()).map(Some)
}

/// The polls of a consultation by number.
///
/// # Errors
/// A poll that can't be read is a fault.
pub async fn all(db: &impl ConnectionTrait, on: ConsultationId) -> Result<Vec<Poll>, DbErr> {
    let found = poll::Entity::find()
        .filter(poll::Column::ConsultationId.eq(on.0))
        .order_by_asc(poll::Column::Number)
        .all(db)
        .await?;
    let ids: Vec<PollId> = found.iter().map(|row| PollId(row.id)).collect();
    let mut options = options::of(db, &ids).await?;
    found
        .into_iter()
        .map(|row| {
            let own = options.remove(&PollId(row.id)).unwrap_or_default();
            read(row, own)
        })
        .collect()
}

/// The polls of these consultations, by number.
///
/// # Errors
/// The database.
pub async fn of_each(
    db: &impl ConnectionTrait,
    on: &[ConsultationId],
) -> Result<Vec<(ConsultationId, PollId)>, DbErr> {
    let found: Vec<(i64, i64)> = poll::Entity::find()
        .select_only()
        .columns([poll::Column::ConsultationId, poll::Column::Id])
        .filter(poll::Column::ConsultationId.is_in(on.iter().map(|id| id.0)))
        .order_by_asc(poll::Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    let both = |(on, poll)| (ConsultationId(on), PollId(poll));
    Ok(found.into_iter().map(both).collect())
}

/// Holds the poll of this number until the transaction ends, behind its consultation. Whoever gives
/// out papers or casts holds its row shared, so nobody does meanwhile.
///
/// # Errors
/// A poll that can't be read is a fault.
pub async fn hold(granted: &Granted<'_, Consultation>, number: i32) -> Result<Option<Poll>, DbErr> {
    let (tx, on) = (granted.tx(), granted.root().id);
    poll::Entity::find()
        .select_only()
        .column(poll::Column::Id)
        .filter(poll::Column::ConsultationId.eq(on.0))
        .filter(poll::Column::Number.eq(number))
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    find(tx, on, number).await
}

fn read(row: poll::Model, options: Vec<PollOption>) -> Result<Poll, DbErr> {
    let whose = format!("poll {}", row.id);
    Ok(Poll {
        id: PollId(row.id),
        consultation: ConsultationId(row.consultation_id),
        number: row.number,
        question: row.question,
        help: row.help,
        method: serde_json::from_str(&row.method)
            .map_err(|why| unreadable(&whose, "the rule", why))?,
        electorate: serde_json::from_str(&row.electorate)
            .map_err(|why| unreadable(&whose, "the electorate", why))?,
        binding: row.binding,
        options,
        seed_hash: row.seed_hash,
        seed: row.seed,
    })
}

/// The number of the next poll of a consultation.
pub async fn next_number(granted: &Granted<'_, Consultation>) -> Result<i32, DbErr> {
    let last = poll::Entity::find()
        .select_only()
        .column(poll::Column::Number)
        .filter(poll::Column::ConsultationId.eq(granted.root().id.0))
        .order_by_desc(poll::Column::Number)
        .into_tuple::<i32>()
        .one(granted.tx())
        .await?;
    Ok(last.unwrap_or(0) + 1)
}

/// Adds a poll of this number, with a seed of its own.
///
/// # Errors
/// No randomness.
pub async fn insert(
    granted: &Granted<'_, Consultation>,
    number: i32,
    new: &NewPoll,
) -> Result<PollId, Fault> {
    let seed = secret::token()?;
    let row = poll::ActiveModel {
        consultation_id: Set(granted.root().id.0),
        number: Set(number),
        question: Set(typed::trimmed(&new.question).to_owned()),
        help: Set(typed::trimmed(&new.help).to_owned()),
        method: Set(serde_json::to_string(&new.method)?),
        electorate: Set(serde_json::to_string(&new.electorate)?),
        // No poll shows a result while ballots come in; a program of the version before asks for it.
        sealed: Set(true),
        binding: Set(new.binding),
        seed_hash: Set(secret::hash(&seed)),
        seed: Set(seed),
        ..Default::default()
    };
    Ok(PollId(row.insert(granted.tx()).await?.id))
}

/// Writes what is asked, and what a voter should know.
pub async fn set_question(
    granted: &Granted<'_, Consultation>,
    id: PollId,
    question: &str,
    help: &str,
) -> Result<(), Fault> {
    let row = poll::ActiveModel {
        question: Set(typed::trimmed(question).to_owned()),
        help: Set(typed::trimmed(help).to_owned()),
        ..Default::default()
    };
    update(granted, id, row).await
}

/// Writes how ballots are marked and counted.
pub async fn set_method(
    granted: &Granted<'_, Consultation>,
    id: PollId,
    method: &Method,
) -> Result<(), Fault> {
    let row = poll::ActiveModel {
        method: Set(serde_json::to_string(method)?),
        ..Default::default()
    };
    update(granted, id, row).await
}

/// Writes who may vote.
pub async fn set_electorate(
    granted: &Granted<'_, Consultation>,
    id: PollId,
    electorate: &Electorate,
) -> Result<(), Fault> {
    let row = poll::ActiveModel {
        electorate: Set(serde_json::to_string(electorate)?),
        ..Default::default()
    };
    update(granted, id, row).await
}

/// Writes whether the result binds.
pub async fn set_weight(
    granted: &Granted<'_, Consultation>,
    id: PollId,
    binding: bool,
) -> Result<(), Fault> {
    let row = poll::ActiveModel {
        binding: Set(binding),
        ..Default::default()
    };
    update(granted, id, row).await
}

async fn update(
    granted: &Granted<'_, Consultation>,
    id: PollId,
    row: poll::ActiveModel,
) -> Result<(), Fault> {
    poll::Entity::update_many()
        .set(row)
        .filter(poll::Column::Id.eq(id.0))
        .filter(poll::Column::ConsultationId.eq(granted.root().id.0))
        .exec(granted.tx())
        .await?;
    Ok(())
}

/// Takes a poll away, with its options and its register.
pub async fn remove(granted: &Granted<'_, Consultation>, id: PollId) -> Result<(), DbErr> {
    options::remove_all(granted, id).await?;
    electors::remove_all(granted, id).await?;
    poll::Entity::delete_by_id(id.0)
        .exec(granted.tx())
        .await
        .map(drop)
}

/// How many polls of these consultations have no published list.
pub async fn unpublished(db: &impl ConnectionTrait, of: &[ConsultationId]) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait;
    if of.is_empty() {
        return Ok(0);
    }
    let published = Query::select()
        .column(entity::poll_count::Column::PollId)
        .from(entity::poll_count::Entity)
        .to_owned();
    poll::Entity::find()
        .filter(poll::Column::ConsultationId.is_in(of.iter().map(|id| id.0)))
        .filter(poll::Column::Id.not_in_subquery(published))
        .count(db)
        .await
}

/// The consultations that have a poll whose ballots are not published.
pub async fn unpublished_of(db: &impl ConnectionTrait) -> Result<HashSet<ConsultationId>, DbErr> {
    let published = Query::select()
        .column(entity::poll_count::Column::PollId)
        .from(entity::poll_count::Entity)
        .to_owned();
    let found = poll::Entity::find()
        .select_only()
        .column(poll::Column::ConsultationId)
        .filter(poll::Column::Id.not_in_subquery(published))
        .into_tuple::<i64>()
        .all(db)
        .await?;
    Ok(found.into_iter().map(ConsultationId).collect())
}

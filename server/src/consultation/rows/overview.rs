//! Many consultations at once, as dashboards, queues and the desk count and list them.
//!
//! Deliberately not here: what else a dashboard shows of them. Each slice's rows give their own.

use std::collections::{HashMap, HashSet};

use domain::consultation::Milestones;
use domain::ids::{AreaId, ConsultationId, TeamId};
use entity::consultation::{Column, Entity};
use entity::{consultation_area, consultation_team, question};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::read::milestones;
use crate::db::{moment, moment_if};

/// A consultation that has been public, as one line of a list.
#[derive(Clone, Debug)]
pub struct PublicLine {
    /// Which one.
    pub id: ConsultationId,
    /// Its address name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The owner team.
    pub team: TeamId,
    /// What has happened to it.
    pub milestones: Milestones,
}

/// A question as a queue names it.
#[derive(Clone, Debug)]
pub struct QuestionName {
    /// Whose it is.
    pub consultation: ConsultationId,
    /// Its words.
    pub prompt: String,
}

fn public() -> Select<Entity> {
    Entity::find()
        .filter(Column::PublishedAt.is_not_null())
        .filter(Column::WithdrawnAt.is_null())
}

/// Those that the council and its partners have held: opened, and not imported from somebody else.
fn held(now: Timestamp) -> Select<Entity> {
    public()
        .filter(Column::Attribution.is_null())
        .filter(Column::OpensAt.lte(now.as_millisecond()))
}

/// How many were held.
pub async fn count_held(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, DbErr> {
    held(now).count(db).await
}

/// What was imported from somebody else, by address name and title; at most so many.
pub async fn imported(
    db: &impl ConnectionTrait,
    most: u64,
) -> Result<Vec<(String, String)>, DbErr> {
    public()
        .filter(Column::Attribution.is_not_null())
        .order_by_asc(Column::Id)
        .limit(most)
        .select_only()
        .columns([Column::Slug, Column::Title])
        .into_tuple()
        .all(db)
        .await
}

/// Every one that was held.
pub async fn every_held(
    db: &impl ConnectionTrait,
    now: Timestamp,
) -> Result<Vec<ConsultationId>, DbErr> {
    let ids = held(now).select_only().column(Column::Id);
    let ids = ids.into_tuple::<i64>().all(db).await?;
    Ok(ids.into_iter().map(ConsultationId).collect())
}

/// Those that have opened.
pub async fn opened(
    db: &impl ConnectionTrait,
    now: Timestamp,
) -> Result<Vec<ConsultationId>, DbErr> {
    let ids = public()
        .select_only()
        .column(Column::Id)
        .filter(Column::OpensAt.lte(now.as_millisecond()))
        .order_by_asc(Column::Id)
        .into_tuple::<i64>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(ConsultationId).collect())
}

/// Those that have closed.
pub async fn closed(
    db: &impl ConnectionTrait,
    now: Timestamp,
) -> Result<Vec<ConsultationId>, DbErr> {
    let ids = public()
        .select_only()
        .column(Column::Id)
        .filter(Column::ClosesAt.lte(now.as_millisecond()));
    let ids = ids.into_tuple::<i64>().all(db).await?;
    Ok(ids.into_iter().map(ConsultationId).collect())
}

/// Some of those that were held, the latest closing first.
pub async fn held_lines(
    db: &impl ConnectionTrait,
    now: Timestamp,
    offset: u64,
    most: u64,
) -> Result<Vec<PublicLine>, DbErr> {
    held(now)
        .order_by_desc(Column::ClosesAt)
        .order_by_desc(Column::Id)
        .offset(offset)
        .limit(most)
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(PublicLine {
                id: ConsultationId(row.id),
                team: TeamId(row.team_id),
                milestones: milestones(&row)?,
                slug: row.slug,
                title: row.title,
            })
        })
        .collect()
}

/// From when to when each decided one waited: closing and decision.
pub async fn waits_for_decision(
    db: &impl ConnectionTrait,
    now: Timestamp,
) -> Result<Vec<(Option<Timestamp>, Timestamp)>, DbErr> {
    held(now)
        .filter(Column::DecidedAt.is_not_null())
        .select_only()
        .columns([Column::ClosesAt, Column::DecidedAt])
        .into_tuple::<(Option<i64>, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(closes, decided)| Ok((moment_if(closes)?, moment(decided)?)))
        .collect()
}

/// Those whose answers are published.
pub async fn answered(db: &impl ConnectionTrait) -> Result<HashSet<ConsultationId>, DbErr> {
    Ok(Entity::find()
        .filter(Column::AnsweredAt.is_not_null())
        .select_only()
        .column(Column::Id)
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .map(ConsultationId)
        .collect())
}

/// The areas that each of these is about.
pub async fn areas(
    db: &impl ConnectionTrait,
    of: &[ConsultationId],
) -> Result<Vec<(ConsultationId, AreaId)>, DbErr> {
    Ok(consultation_area::Entity::find()
        .filter(consultation_area::Column::ConsultationId.is_in(of.iter().map(|id| id.0)))
        .all(db)
        .await?
        .into_iter()
        .map(|link| (ConsultationId(link.consultation_id), AreaId(link.area_id)))
        .collect())
}

/// The consultations that any of these teams owns or shares, with their titles.
pub async fn of_teams(
    db: &impl ConnectionTrait,
    teams: &[TeamId],
) -> Result<HashMap<ConsultationId, String>, DbErr> {
    let teams: Vec<i64> = teams.iter().map(|team| team.0).collect();
    let shared: Vec<i64> = consultation_team::Entity::find()
        .select_only()
        .column(consultation_team::Column::ConsultationId)
        .filter(consultation_team::Column::TeamId.is_in(teams.clone()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(Entity::find()
        .select_only()
        .columns([Column::Id, Column::Title])
        .filter(
            Condition::any()
                .add(Column::TeamId.is_in(teams))
                .add(Column::Id.is_in(shared)),
        )
        .into_tuple::<(i64, String)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, title)| (ConsultationId(id), title))
        .collect())
}

/// These questions by their numbers.
pub async fn question_names(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, QuestionName>, DbErr> {
    Ok(question::Entity::find()
        .filter(question::Column::Id.is_in(of))
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            let name = QuestionName {
                consultation: ConsultationId(row.consultation_id),
                prompt: row.prompt,
            };
            (row.id, name)
        })
        .collect())
}

fn owned_by(teams: &[TeamId]) -> Select<Entity> {
    Entity::find()
        .filter(Column::TeamId.is_in(teams.iter().map(|team| team.0)))
        .filter(Column::WithdrawnAt.is_null())
}

/// How many of these teams wait for somebody else's approval.
pub async fn count_in_review(db: &impl ConnectionTrait, teams: &[TeamId]) -> Result<u64, DbErr> {
    owned_by(teams)
        .filter(Column::SubmittedAt.is_not_null())
        .filter(Column::ApprovedAt.is_null())
        .count(db)
        .await
}

/// How many of these teams are closed and have no published answers.
pub async fn count_unanswered(
    db: &impl ConnectionTrait,
    teams: &[TeamId],
    now: Timestamp,
) -> Result<u64, DbErr> {
    owned_by(teams)
        .filter(Column::PublishedAt.is_not_null())
        .filter(Column::ClosesAt.lte(now.as_millisecond()))
        .filter(Column::AnsweredAt.is_null())
        .filter(Column::DecidedAt.is_null())
        .count(db)
        .await
}

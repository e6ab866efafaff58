//! Published consultations as pages about a place list them.
//!
//! Invariant: nothing unpublished and nothing withdrawn is returned.

use domain::consultation::Milestones;
use domain::ids::{AreaId, ConsultationId, TeamId};
use entity::{consultation, consultation_area};
use jiff::Timestamp;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use super::read::milestones;

/// A published consultation, as much of it as a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Which one.
    pub id: ConsultationId,
    /// Its address part.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// The team that holds it.
    pub team: TeamId,
    /// What has happened to it, and when.
    pub milestones: Milestones,
}

fn published() -> Select<consultation::Entity> {
    consultation::Entity::find()
        .filter(consultation::Column::PublishedAt.is_not_null())
        .filter(consultation::Column::WithdrawnAt.is_null())
}

fn open(now: Timestamp) -> Select<consultation::Entity> {
    let at = now.as_millisecond();
    published()
        .filter(consultation::Column::OpensAt.lte(at))
        .filter(consultation::Column::ClosesAt.gt(at))
}

/// Open, closing soonest first.
pub async fn open_now(
    db: &impl ConnectionTrait,
    now: Timestamp,
    most: u64,
) -> Result<Vec<Published>, DbErr> {
    let find = open(now).order_by_asc(consultation::Column::ClosesAt);
    read(db, find.limit(most)).await
}

/// How many are open.
pub async fn count_open(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, DbErr> {
    open(now).count(db).await
}

/// Opening soonest first.
pub async fn opening_soon(
    db: &impl ConnectionTrait,
    now: Timestamp,
    most: u64,
) -> Result<Vec<Published>, DbErr> {
    let find = published()
        .filter(consultation::Column::OpensAt.gt(now.as_millisecond()))
        .order_by_asc(consultation::Column::OpensAt);
    read(db, find.limit(most)).await
}

/// Decided, latest first.
pub async fn decided_lately(
    db: &impl ConnectionTrait,
    now: Timestamp,
    most: u64,
) -> Result<Vec<Published>, DbErr> {
    let find = published()
        .filter(consultation::Column::DecidedAt.is_not_null())
        .filter(consultation::Column::ClosesAt.lte(now.as_millisecond()))
        .order_by_desc(consultation::Column::DecidedAt);
    read(db, find.limit(most)).await
}

/// About this area or the whole borough: what has not closed, closing soonest first, then what closed,
/// the latest first. A conversation that was held
/// elsewhere and brought in is about no place here.
pub async fn about(
    db: &impl ConnectionTrait,
    area: AreaId,
    now: Timestamp,
    most: u64,
) -> Result<Vec<Published>, DbErr> {
    let named = consultation_area::Entity::find()
        .select_only()
        .column(consultation_area::Column::ConsultationId);
    let here = named
        .clone()
        .filter(consultation_area::Column::AreaId.eq(area.0))
        .into_query();
    let find = published()
        .filter(consultation::Column::Attribution.is_null())
        .filter(
            Condition::any()
                .add(consultation::Column::Id.in_subquery(here))
                .add(consultation::Column::Id.not_in_subquery(named.into_query())),
        )
        .order_by(urgency(now), Order::Asc)
        .order_by_asc(consultation::Column::Id);
    read(db, find.limit(most)).await
}

/// Later than any moment: after it stands what has closed.
const PAST: i64 = 1 << 60;

fn urgency(now: Timestamp) -> Expr {
    use consultation::Column::ClosesAt;
    let at = now.as_millisecond();
    Expr::Case(Box::new(
        CaseStatement::new()
            .case(Condition::all().add(ClosesAt.gt(at)), Expr::col(ClosesAt))
            .finally(Expr::value(PAST).sub(Expr::col(ClosesAt))),
    ))
}

async fn read(
    db: &impl ConnectionTrait,
    find: Select<consultation::Entity>,
) -> Result<Vec<Published>, DbErr> {
    find.all(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Published {
                id: ConsultationId(row.id),
                milestones: milestones(&row)?,
                slug: row.slug,
                title: row.title,
                summary: row.summary,
                team: TeamId(row.team_id),
            })
        })
        .collect()
}

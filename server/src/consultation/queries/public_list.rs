//! Reads of the hub and of lists of consultations.

use std::collections::HashMap;

use domain::consultation::read::{HubView, Listed, Search};
use domain::council::Postcode;
use entity::{area, consultation, consultation_area, consultation_team, postcode, team};
use jiff::Timestamp;
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::clock::from_millis_opt;
use crate::consultation::rows::milestones;
use crate::consultation::rows::search;

const A_PAGE: u64 = 20;

fn public() -> Select<consultation::Entity> {
    consultation::Entity::find()
        .filter(consultation::Column::PublishedAt.is_not_null())
        .filter(consultation::Column::WithdrawnAt.is_null())
}

/// A ward without its boundary.
#[derive(Debug, sea_orm::FromQueryResult)]
pub struct Ward {
    /// Its number.
    pub id: i64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The wards by name, without their boundaries, which are large.
///
/// # Errors
/// Those of the database.
pub async fn wards(db: &impl ConnectionTrait) -> Result<Vec<Ward>, DbErr> {
    area::Entity::find()
        .select_only()
        .columns([area::Column::Id, area::Column::Code, area::Column::Name])
        .filter(area::Column::Kind.eq("ward"))
        .order_by_asc(area::Column::Name)
        .into_model()
        .all(db)
        .await
}

/// The consultations that a search on the hub finds.
///
/// # Errors
/// Those of the database.
pub async fn hub(
    db: &impl ConnectionTrait,
    search: Search,
    page: u64,
    now: Timestamp,
) -> Result<HubView, DbErr> {
    let wards = wards(db).await?;
    let mut ward = wards.iter().find(|ward| ward.code == search.ward);
    let mut unknown_postcode = false;
    if !search.postcode.trim().is_empty() {
        let of_postcode = match Postcode::parse(&search.postcode) {
            Ok(typed) => postcode::Entity::find_by_id(typed.as_str()).one(db).await?,
            Err(_) => None,
        };
        match of_postcode {
            Some(row) => ward = wards.iter().find(|ward| ward.id == row.area_id),
            None => unknown_postcode = true,
        }
    }
    let mut find = by_stage(public(), &search.stage, now);
    if let Some(ids) = self::search::find(db, &search.words).await? {
        find = find.filter(consultation::Column::Id.is_in(ids));
    }
    if let Some(ward) = ward {
        find = find.filter(consultation::Column::Id.is_in(about(db, ward.id).await?));
    }
    if !search.topic.is_empty() {
        find = find.filter(consultation::Column::Topic.eq(&search.topic));
    }
    let total = find.clone().count(db).await?;
    let pages = total.div_ceil(A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let rows = find
        .order_by(rank(now), Order::Asc)
        .order_by(urgency(now), Order::Asc)
        .order_by_asc(consultation::Column::Id)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
        .all(db)
        .await?;
    let topics = public()
        .select_only()
        .column(consultation::Column::Topic)
        .filter(consultation::Column::Topic.ne(""))
        .distinct()
        .order_by_asc(consultation::Column::Topic)
        .into_tuple::<String>()
        .all(db)
        .await?;
    Ok(HubView {
        found: listed(db, rows, now).await?,
        total,
        page,
        pages,
        ward_name: ward.map(|ward| ward.name.clone()),
        unknown_postcode,
        wards: wards
            .into_iter()
            .map(|ward| (ward.code, ward.name))
            .collect(),
        topics,
        now,
        search,
    })
}

/// The consultations about this ward, or about the borough that it lies in.
async fn about(db: &impl ConnectionTrait, ward: i64) -> Result<Vec<i64>, DbErr> {
    consultation_area::Entity::find()
        .inner_join(area::Entity)
        .filter(
            Condition::any()
                .add(consultation_area::Column::AreaId.eq(ward))
                .add(area::Column::Kind.ne("ward")),
        )
        .select_only()
        .column(consultation_area::Column::ConsultationId)
        .distinct()
        .into_tuple()
        .all(db)
        .await
}

/// The section of the hub: open, forthcoming, closed, decided.
fn rank(now: Timestamp) -> Expr {
    use consultation::Column::{ClosesAt, DecidedAt, OpensAt};
    let now = now.as_millisecond();
    Expr::Case(Box::new(
        CaseStatement::new()
            .case(Condition::all().add(OpensAt.gt(now)), Expr::value(1))
            .case(Condition::all().add(ClosesAt.gt(now)), Expr::value(0))
            .case(Condition::all().add(DecidedAt.is_null()), Expr::value(2))
            .finally(Expr::value(3)),
    ))
}

/// What closes soonest comes first; of what has closed, the latest.
fn urgency(now: Timestamp) -> Expr {
    use consultation::Column::ClosesAt;
    use sea_orm::sea_query::ExprTrait;
    let now = now.as_millisecond();
    Expr::Case(Box::new(
        CaseStatement::new()
            .case(Condition::all().add(ClosesAt.gt(now)), Expr::col(ClosesAt))
            .finally(Expr::value(0_i64).sub(Expr::col(ClosesAt))),
    ))
}

fn by_stage(
    find: Select<consultation::Entity>,
    stage: &str,
    now: Timestamp,
) -> Select<consultation::Entity> {
    use consultation::Column;
    let now = now.as_millisecond();
    match stage {
        "forthcoming" => find.filter(Column::OpensAt.gt(now)),
        "open" => find
            .filter(Column::OpensAt.lte(now))
            .filter(Column::ClosesAt.gt(now)),
        "closed" => find
            .filter(Column::ClosesAt.lte(now))
            .filter(Column::DecidedAt.is_null()),
        "decided" => find.filter(Column::DecidedAt.is_not_null()),
        _ => find,
    }
}

/// The open consultations that close soonest; of one ward where it is given.
///
/// # Errors
/// Those of the database.
pub async fn open_now(
    db: &impl ConnectionTrait,
    ward: Option<i64>,
    most: u64,
    now: Timestamp,
) -> Result<Vec<Listed>, DbErr> {
    let mut find = by_stage(public(), "open", now);
    if let Some(ward) = ward {
        find = find.filter(consultation::Column::Id.is_in(about(db, ward).await?));
    }
    let rows = find
        .order_by_asc(consultation::Column::ClosesAt)
        .limit(most)
        .all(db)
        .await?;
    listed(db, rows, now).await
}

/// The latest decisions.
///
/// # Errors
/// Those of the database.
pub async fn decided_lately(
    db: &impl ConnectionTrait,
    most: u64,
    now: Timestamp,
) -> Result<Vec<Listed>, DbErr> {
    let rows = by_stage(public(), "decided", now)
        .order_by_desc(consultation::Column::DecidedAt)
        .limit(most)
        .all(db)
        .await?;
    listed(db, rows, now).await
}

/// The newest public consultations, for the feed.
///
/// # Errors
/// Those of the database.
pub async fn newest(
    db: &impl ConnectionTrait,
    most: u64,
) -> Result<Vec<consultation::Model>, DbErr> {
    public()
        .order_by_desc(consultation::Column::PublishedAt)
        .limit(most)
        .all(db)
        .await
}

/// Rows as a list shows them.
///
/// # Errors
/// Those of the database.
pub async fn listed(
    db: &impl ConnectionTrait,
    rows: Vec<consultation::Model>,
    now: Timestamp,
) -> Result<Vec<Listed>, DbErr> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let names: HashMap<i64, String> = team::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|t| (t.id, t.name))
        .collect();
    let mut teams: HashMap<i64, Vec<String>> = HashMap::new();
    for row in &rows {
        teams
            .entry(row.id)
            .or_default()
            .extend(names.get(&row.team_id).cloned());
    }
    for link in consultation_team::Entity::find()
        .filter(consultation_team::Column::ConsultationId.is_in(ids.clone()))
        .all(db)
        .await?
    {
        let of = teams.entry(link.consultation_id).or_default();
        if let Some(name) = names.get(&link.team_id)
            && !of.contains(name)
        {
            of.push(name.clone());
        }
    }
    let mut areas: HashMap<i64, Vec<String>> = HashMap::new();
    let named: Vec<(i64, String)> = consultation_area::Entity::find()
        .inner_join(area::Entity)
        .filter(consultation_area::Column::ConsultationId.is_in(ids))
        .select_only()
        .column(consultation_area::Column::ConsultationId)
        .column(area::Column::Name)
        .into_tuple()
        .all(db)
        .await?;
    for (consultation, name) in named {
        areas.entry(consultation).or_default().push(name);
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut wards = areas.remove(&row.id).unwrap_or_default();
            wards.sort();
            Listed {
                stage: milestones(&row).stage(now),
                opens: from_millis_opt(row.opens_at),
                closes: from_millis_opt(row.closes_at),
                closing_reason: row.closing_reason,
                teams: teams.remove(&row.id).unwrap_or_default(),
                areas: wards,
                slug: row.slug,
                title: row.title,
                summary: row.summary,
                topic: row.topic,
            }
        })
        .collect())
}

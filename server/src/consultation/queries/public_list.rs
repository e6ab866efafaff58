//! Reads of the hub and of lists of consultations.

use std::collections::HashMap;

use domain::consultation::read::{FeedEntry, HubView, Listed, Search, Sort};
use domain::council::{Area, Postcode};
use domain::ids::{AreaId, TeamId};
use domain::{names, typed};
use entity::{consultation, consultation_area, consultation_team};
use jiff::Timestamp;
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::consultation::rows::milestones;
use crate::consultation::rows::search;
use crate::council::rows::areas;
use crate::council::rows::teams;
use crate::db::{moment, moment_if, there};

const A_PAGE: u64 = 20;
/// The most titles that are put in order.
const MOST_TITLES: u64 = 2_000;

fn public() -> Select<consultation::Entity> {
    consultation::Entity::find()
        .filter(consultation::Column::PublishedAt.is_not_null())
        .filter(consultation::Column::WithdrawnAt.is_null())
}

/// The wards by name.
pub async fn wards(db: &impl ConnectionTrait) -> Result<Vec<Area>, DbErr> {
    areas::wards(db).await
}

/// The consultations that a search on the hub finds.
pub async fn hub(
    db: &impl ConnectionTrait,
    search: Search,
    page: u64,
    now: Timestamp,
) -> Result<HubView, DbErr> {
    let wards = wards(db).await?;
    let mut ward = wards.iter().find(|ward| ward.code == search.ward);
    let mut unknown_postcode = false;
    if !typed::is_blank(&search.postcode) {
        let of_postcode = match Postcode::parse(&search.postcode) {
            Ok(typed) => areas::of_postcode(db, &typed).await?,
            Err(_) => None,
        };
        match of_postcode {
            Some(id) => ward = wards.iter().find(|ward| ward.id == id),
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
    let skipped = (page - 1) * A_PAGE;
    let rows = match search.sort {
        Sort::Title => by_title(db, find, skipped).await?,
        Sort::Closing => {
            let find = find
                .order_by(rank(now), Order::Asc)
                .order_by(urgency(now), Order::Asc)
                .order_by_asc(consultation::Column::Id);
            find.offset(skipped).limit(A_PAGE).all(db).await?
        }
        Sort::Newest => {
            let find = find
                .order_by_desc(consultation::Column::PublishedAt)
                .order_by_desc(consultation::Column::Id);
            find.offset(skipped).limit(A_PAGE).all(db).await?
        }
    };
    let mut topics = public()
        .select_only()
        .column(consultation::Column::Topic)
        .filter(consultation::Column::Topic.ne(""))
        .distinct()
        .into_tuple::<String>()
        .all(db)
        .await?;
    names::sort_by_name(&mut topics, |topic| topic);
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

/// A page of what is found by title, in the order of names, which no database knows.
async fn by_title(
    db: &impl ConnectionTrait,
    find: Select<consultation::Entity>,
    skipped: u64,
) -> Result<Vec<consultation::Model>, DbErr> {
    let mut titles: Vec<(i64, String)> = find
        .select_only()
        .columns([consultation::Column::Id, consultation::Column::Title])
        .order_by_asc(consultation::Column::Id)
        .limit(MOST_TITLES)
        .into_tuple()
        .all(db)
        .await?;
    names::sort_by_name(&mut titles, |(_, title)| title);
    let (skipped, most) = (usize::try_from(skipped), usize::try_from(A_PAGE));
    let ids: Vec<i64> = titles
        .into_iter()
        .skip(skipped.unwrap_or(usize::MAX))
        .take(most.unwrap_or_default())
        .map(|(id, _)| id)
        .collect();
    let mut rows = consultation::Entity::find()
        .filter(consultation::Column::Id.is_in(ids.clone()))
        .all(db)
        .await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// The consultations about this ward, or about the borough that it lies in.
async fn about(db: &impl ConnectionTrait, ward: AreaId) -> Result<Vec<i64>, DbErr> {
    let mut places: Vec<AreaId> = areas::boroughs(db)
        .await?
        .into_iter()
        .map(|borough| borough.id)
        .collect();
    places.push(ward);
    consultation_area::Entity::find()
        .filter(consultation_area::Column::AreaId.is_in(places.into_iter().map(|id| id.0)))
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

/// The newest public consultations as entries of the feed, what changed last first.
pub async fn feed(
    db: &impl ConnectionTrait,
    most: u64,
    now: Timestamp,
) -> Result<Vec<FeedEntry>, DbErr> {
    let rows = public()
        .order_by_desc(consultation::Column::PublishedAt)
        .limit(most)
        .all(db)
        .await?;
    let mut entries: Vec<FeedEntry> = rows
        .into_iter()
        .map(|row| {
            let published = row.published_at.unwrap_or(row.created_at);
            let changes = [row.opens_at, row.closes_at, row.answered_at, row.decided_at];
            let updated = changes
                .into_iter()
                .flatten()
                .filter(|at| *at <= now.as_millisecond())
                .fold(published, i64::max);
            Ok(FeedEntry {
                slug: row.slug,
                title: row.title,
                summary: row.summary,
                published: moment(published)?,
                updated: moment(updated)?,
            })
        })
        .collect::<Result<_, DbErr>>()?;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.updated));
    Ok(entries)
}

/// Rows as a list shows them.
pub(super) async fn listed(
    db: &impl ConnectionTrait,
    rows: Vec<consultation::Model>,
    now: Timestamp,
) -> Result<Vec<Listed>, DbErr> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    // Owner first, then partners by number.
    let mut shared: HashMap<i64, Vec<TeamId>> = rows
        .iter()
        .map(|row| (row.id, vec![TeamId(row.team_id)]))
        .collect();
    for link in consultation_team::Entity::find()
        .filter(consultation_team::Column::ConsultationId.is_in(ids.clone()))
        .order_by_asc(consultation_team::Column::TeamId)
        .all(db)
        .await?
    {
        shared
            .entry(link.consultation_id)
            .or_default()
            .push(TeamId(link.team_id));
    }
    let team_names = teams::teams(db, shared.values().flatten().copied()).await?;
    let links: Vec<(i64, AreaId)> = consultation_area::Entity::find()
        .filter(consultation_area::Column::ConsultationId.is_in(ids))
        .all(db)
        .await?
        .into_iter()
        .map(|link| (link.consultation_id, AreaId(link.area_id)))
        .collect();
    let known = areas::by_id(db).await?;
    let mut wards_of: HashMap<i64, Vec<String>> = HashMap::new();
    for (consultation, area) in links {
        let area = there(known.get(&area), "the area of a consultation")?;
        wards_of
            .entry(consultation)
            .or_default()
            .push(area.name.clone());
    }
    rows.into_iter()
        .map(|row| {
            let mut wards = wards_of.remove(&row.id).unwrap_or_default();
            names::sort_by_name(&mut wards, |ward| ward);
            let mut teams: Vec<String> = Vec::new();
            for id in shared.remove(&row.id).unwrap_or_default() {
                let team = there(team_names.get(&id), "the team of a consultation")?;
                if !teams.contains(&team.name) {
                    teams.push(team.name.clone());
                }
            }
            Ok(Listed {
                stage: milestones(&row)?.stage(now),
                opens: moment_if(row.opens_at)?,
                closes: moment_if(row.closes_at)?,
                closing_reason: row.closing_reason,
                teams,
                areas: wards,
                slug: row.slug,
                title: row.title,
                summary: row.summary,
                topic: row.topic,
                imported: row.attribution.is_some(),
            })
        })
        .collect()
}

//! Reads of places, and of public consultations by place.

pub mod teams;

use std::collections::HashMap;

use domain::consultation::Stage;
use domain::council::Postcode;
use domain::council::read::{AreaLine, AreaView, Contact, HomeView, NearbyConsultation, Profile};
use domain::ids::AreaId;
use entity::{area, area_figure, consultation, consultation_area, organisation, postcode, team};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
};

use crate::consultation::rows::milestones;

/// The most consultations that a page about a place or the home page lists.
const MOST_LISTED: u64 = 20;

/// All wards by name.
///
/// # Errors
/// Those of the database.
pub async fn areas(db: &impl ConnectionTrait) -> Result<Vec<AreaLine>, DbErr> {
    Ok(area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .order_by_asc(area::Column::Name)
        .all(db)
        .await?
        .into_iter()
        .map(|row| line(row).1)
        .collect())
}

fn line(row: area::Model) -> (AreaId, AreaLine) {
    let line = AreaLine {
        residents: u64::try_from(row.residents).unwrap_or(0),
        rings: serde_json::from_str(&row.boundary).unwrap_or_default(),
        code: row.code,
        name: row.name,
    };
    (AreaId(row.id), line)
}

/// The code of the ward in which a postcode lies.
///
/// # Errors
/// Those of the database.
pub async fn ward_of(
    db: &impl ConnectionTrait,
    postcode: &Postcode,
) -> Result<Option<String>, DbErr> {
    Ok(postcode::Entity::find_by_id(postcode.as_str())
        .find_also_related(area::Entity)
        .one(db)
        .await?
        .and_then(|(_, area)| area.map(|area| area.code)))
}

/// The ids of areas by code.
///
/// # Errors
/// Those of the database.
pub async fn ids_by_code(db: &impl ConnectionTrait) -> Result<HashMap<String, AreaId>, DbErr> {
    Ok(area::Entity::find()
        .select_only()
        .columns([area::Column::Code, area::Column::Id])
        .into_tuple::<(String, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(code, id)| (code, AreaId(id)))
        .collect())
}

/// The page of one area, with its identity for what other slices add to it.
///
/// # Errors
/// Those of the database.
pub async fn area(
    db: &impl ConnectionTrait,
    code: &str,
    now: Timestamp,
) -> Result<Option<(AreaId, AreaView)>, DbErr> {
    let Some(row) = area::Entity::find()
        .filter(area::Column::Code.eq(code))
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    let (id, area) = line(row);
    let view = AreaView {
        profiles: profiles(db, id).await?,
        consultations: about(db, id, now).await?,
        all: areas(db).await?,
        area,
    };
    Ok(Some((id, view)))
}

/// The census figures of an area by measure, in the order of the source.
async fn profiles(db: &impl ConnectionTrait, id: AreaId) -> Result<Vec<Profile>, DbErr> {
    let rows = area_figure::Entity::find()
        .filter(area_figure::Column::AreaId.eq(id.0))
        .order_by_asc(area_figure::Column::Id)
        .all(db)
        .await?;
    let mut profiles: Vec<Profile> = Vec::new();
    for row in rows {
        let (measure, label) = row.measure.split_once(": ").unwrap_or((&row.measure, ""));
        let count = (label.to_owned(), u64::try_from(row.count).unwrap_or(0));
        match profiles.iter_mut().find(|p| p.measure == measure) {
            Some(profile) => profile.counts.push(count),
            None => profiles.push(Profile {
                measure: measure.to_owned(),
                counts: vec![count],
            }),
        }
    }
    Ok(profiles)
}

fn published() -> Select<consultation::Entity> {
    consultation::Entity::find()
        .filter(consultation::Column::PublishedAt.is_not_null())
        .filter(consultation::Column::WithdrawnAt.is_null())
}

/// Public consultations about this area or the whole borough, those open first.
async fn about(
    db: &impl ConnectionTrait,
    id: AreaId,
    now: Timestamp,
) -> Result<Vec<NearbyConsultation>, DbErr> {
    let named = consultation_area::Entity::find()
        .select_only()
        .column(consultation_area::Column::ConsultationId);
    let here = named
        .clone()
        .filter(consultation_area::Column::AreaId.eq(id.0))
        .into_query();
    let rows = published()
        // A conversation that was held elsewhere is about no place here.
        .filter(consultation::Column::CreationKey.is_null())
        .filter(
            Condition::any()
                .add(consultation::Column::Id.in_subquery(here))
                .add(consultation::Column::Id.not_in_subquery(named.into_query())),
        )
        .order_by_desc(consultation::Column::ClosesAt)
        .limit(MOST_LISTED)
        .all(db)
        .await?;
    let mut list = lines(db, rows, now).await?;
    list.sort_by_key(|c| (c.stage != Stage::Open, c.stage.place()));
    Ok(list)
}

/// What the home page tells.
///
/// # Errors
/// Those of the database.
pub async fn home(db: &impl ConnectionTrait, now: Timestamp) -> Result<HomeView, DbErr> {
    let at = now.as_millisecond();
    let open = published()
        .filter(consultation::Column::OpensAt.lte(at))
        .filter(consultation::Column::ClosesAt.gt(at));
    let coming = published().filter(consultation::Column::OpensAt.gt(at));
    let decided = published()
        .filter(consultation::Column::DecidedAt.is_not_null())
        .filter(consultation::Column::ClosesAt.lte(at));
    let open_total = open.clone().count(db).await?;
    let open = open
        .order_by_asc(consultation::Column::ClosesAt)
        .limit(4)
        .all(db)
        .await?;
    let coming = coming
        .order_by_asc(consultation::Column::OpensAt)
        .limit(3)
        .all(db)
        .await?;
    let decided = decided
        .order_by_desc(consultation::Column::DecidedAt)
        .limit(3)
        .all(db)
        .await?;
    Ok(HomeView {
        open: lines(db, open, now).await?,
        open_total,
        coming: lines(db, coming, now).await?,
        decided: lines(db, decided, now).await?,
        has_areas: area::Entity::find().limit(1).one(db).await?.is_some(),
    })
}

async fn lines(
    db: &impl ConnectionTrait,
    rows: Vec<consultation::Model>,
    now: Timestamp,
) -> Result<Vec<NearbyConsultation>, DbErr> {
    let teams: HashMap<i64, String> = team::Entity::find()
        .filter(team::Column::Id.is_in(rows.iter().map(|row| row.team_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|team| (team.id, team.name))
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let milestones = milestones(&row);
            NearbyConsultation {
                team: teams.get(&row.team_id).cloned().unwrap_or_default(),
                stage: milestones.stage(now),
                opens: milestones.opens,
                closes: milestones.closes,
                decided: milestones.decided,
                slug: row.slug,
                title: row.title,
                summary: row.summary,
            }
        })
        .collect())
}

/// Each team with its organisation and its address, for the contact page.
///
/// # Errors
/// Those of the database.
pub async fn contacts(db: &impl ConnectionTrait) -> Result<Vec<Contact>, DbErr> {
    let mut contacts: Vec<Contact> = team::Entity::find()
        .find_also_related(organisation::Entity)
        .all(db)
        .await?
        .into_iter()
        .filter_map(|(team, organisation)| {
            Some(Contact {
                organisation: organisation?.name,
                team: team.name,
                email: team.email,
            })
        })
        .collect();
    contacts.sort_by(|a, b| (&a.organisation, &a.team).cmp(&(&b.organisation, &b.team)));
    Ok(contacts)
}

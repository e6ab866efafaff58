//! Reads of places, and of public consultations by place.

pub mod teams;

use std::collections::HashMap;

use domain::account::OrganisationKind;
use domain::consultation::Stage;
use domain::council::Postcode;
use domain::council::read::{AreaLine, AreaView, Changed, Contact, HomeView, NearbyConsultation};
use domain::ids::AreaId;
use domain::insight::Outcome;
use domain::{names, typed};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};

use super::rows;
use crate::consultation::rows::outcome;
use crate::consultation::rows::published::{self, Published};
use crate::db::there;
use crate::insight::rows::theme;

/// The most consultations that a page about a place lists.
const MOST_LISTED: u64 = 20;
/// How many open consultations the home page lists.
const OPEN_AT_HOME: u64 = 4;
/// How many of those that open soon, and of those decided, the home page lists.
const OTHERS_AT_HOME: u64 = 3;

/// All wards by name.
pub async fn areas(db: &impl ConnectionTrait) -> Result<Vec<AreaLine>, DbErr> {
    let wards = rows::places::wards(db).await?;
    Ok(wards.into_iter().map(|(_, line)| line).collect())
}

/// The code of the ward in which a postcode lies.
pub async fn ward_of(
    db: &impl ConnectionTrait,
    postcode: &Postcode,
) -> Result<Option<String>, DbErr> {
    rows::places::ward_of(db, postcode).await
}

/// The ids of areas by code.
pub async fn ids_by_code(db: &impl ConnectionTrait) -> Result<HashMap<String, AreaId>, DbErr> {
    rows::places::ids_by_code(db).await
}

/// The page of one area, with its identity for what other slices add to it.
pub async fn area(
    db: &impl ConnectionTrait,
    code: &str,
    now: Timestamp,
) -> Result<Option<(AreaId, AreaView)>, DbErr> {
    let Some((id, area)) = rows::places::by_code(db, code).await? else {
        return Ok(None);
    };
    let about = published::about(db, id, now, MOST_LISTED).await?;
    let mut consultations = lines(db, about, now).await?;
    // The sort keeps the order of closing within each.
    consultations.sort_by_key(|c| (c.stage != Stage::Open, c.stage != Stage::Scheduled));
    let view = AreaView {
        profiles: rows::places::profiles(db, id).await?,
        consultations,
        all: areas(db).await?,
        area,
    };
    Ok(Some((id, view)))
}

/// What the home page shows.
pub async fn home(db: &impl ConnectionTrait, now: Timestamp) -> Result<HomeView, DbErr> {
    let open = published::open_now(db, now, OPEN_AT_HOME).await?;
    let coming = published::opening_soon(db, now, OTHERS_AT_HOME).await?;
    let decided = published::decided_lately(db, now, OTHERS_AT_HOME).await?;
    Ok(HomeView {
        open: lines(db, open, now).await?,
        open_total: published::count_open(db, now).await?,
        coming: lines(db, coming, now).await?,
        decided: changed(db, decided).await?,
        wards: areas(db).await?,
        place: place(db).await?,
    })
}

/// The borough by name; where none has been brought in, its council.
async fn place(db: &impl ConnectionTrait) -> Result<String, DbErr> {
    if let Some(borough) = rows::areas::boroughs(db).await?.into_iter().next() {
        return Ok(borough.name);
    }
    let council = rows::teams::organisations(db)
        .await?
        .into_iter()
        .find(|one| one.kind == OrganisationKind::Council);
    Ok(council.map(|one| one.name).unwrap_or_default())
}

/// What changed, in the words of those who changed it.
async fn changed(db: &impl ConnectionTrait, list: Vec<Published>) -> Result<Vec<Changed>, DbErr> {
    let mut all = Vec::with_capacity(list.len());
    for one in list {
        let done = theme::of(db, one.id)
            .await?
            .into_iter()
            .filter(|theme| theme.outcome.is_some_and(Outcome::changed_something))
            .map(|theme| theme.we_did)
            .filter(|did| !typed::is_blank(did))
            .collect();
        all.push(Changed {
            done,
            decision: outcome::decision(db, one.id).await?.unwrap_or_default(),
            decided: one.milestones.decided,
            slug: one.slug,
            title: one.title,
        });
    }
    Ok(all)
}

async fn lines(
    db: &impl ConnectionTrait,
    list: Vec<Published>,
    now: Timestamp,
) -> Result<Vec<NearbyConsultation>, DbErr> {
    let teams = rows::teams::teams(db, list.iter().map(|one| one.team)).await?;
    list.into_iter()
        .map(|one| {
            Ok(NearbyConsultation {
                team: there(teams.get(&one.team), format_args!("team {}", one.team))?
                    .name
                    .clone(),
                stage: one.milestones.stage(now),
                opens: one.milestones.opens,
                closes: one.milestones.closes,
                decided: one.milestones.decided,
                slug: one.slug,
                title: one.title,
                summary: one.summary,
            })
        })
        .collect()
}

/// Each team with its organisation and its address, for the contact page.
pub async fn contacts(db: &impl ConnectionTrait) -> Result<Vec<Contact>, DbErr> {
    let mut contacts: Vec<Contact> = rows::teams::all_teams(db)
        .await?
        .into_iter()
        .map(|team| Contact {
            organisation: team.organisation.name,
            team: team.name,
            email: team.email,
        })
        .collect();
    names::sort_by_name(&mut contacts, |one| &one.organisation);
    Ok(contacts)
}

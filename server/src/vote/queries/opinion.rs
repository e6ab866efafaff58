//! What people think, worked out beside the requests and kept in memory.
//!
//! Each process finds it again at its start and whenever the recorded version of the votes has
//! moved on; the analysis runs on a blocking thread and starts warm from the last one. Invariants:
//! a reader never waits for a large analysis; while votes are taken, what is shown moves on only
//! with at least the disclosure threshold of new people, or at a new day, so that nobody can see in
//! the difference of two readings what one person said.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use domain::consultation::Stage;
use domain::ids::ConsultationId;
use domain::vote::opinion::{
    Analysis, Picture, Settings, VoteMatrix, Warm, Weighed, analyse, picture, priorities,
};
use entity::opinion;
use jiff::Timestamp;
use sea_orm::{DbErr, EntityTrait};
use tokio::sync::{Mutex, watch};

use crate::App;
use crate::consultation::rows::by_id;
use crate::vote::commands::set_aside;
use crate::vote::queries::matrix;

/// The rule of what everybody may see is this many people.
const THRESHOLD: usize = 10;
/// Up to this many votes a reader who comes first may wait for the analysis: some milliseconds.
const SMALL: i64 = 60_000;
/// Nothing is worked out again sooner than this many times as long as it took.
const REST: u32 = 5;

/// What was found in the votes of one consultation.
#[derive(Debug)]
pub struct Found {
    /// The version of the votes.
    pub version: i64,
    /// The day it was found.
    pub day: String,
    /// The columns.
    pub statements: Vec<i64>,
    /// People with votes.
    pub participants: usize,
    /// Votes.
    pub votes: usize,
    /// What was found, without where each person stands.
    pub analysis: Analysis,
    /// The picture of the groups.
    pub picture: Option<Picture>,
    /// What the next statement is drawn from.
    pub weighed: Vec<Weighed>,
    warm: Warm,
    at: Instant,
    took: Duration,
}

#[derive(Clone, Debug)]
struct Held {
    latest: Arc<Found>,
    shown: Arc<Found>,
}

/// What was found, by consultation.
#[derive(Debug, Default)]
pub struct Opinions {
    held: RwLock<HashMap<i64, Held>>,
    /// One analysis at a time: each may use all of a core and much memory.
    working: Mutex<()>,
}

impl Opinions {
    fn held(&self, id: ConsultationId) -> Option<Held> {
        self.held.read().ok()?.get(&id.0).cloned()
    }

    /// What the next statement is drawn from, as last worked out.
    pub fn weighed(&self, id: ConsultationId) -> Vec<Weighed> {
        self.held(id)
            .map(|held| held.latest.weighed.clone())
            .unwrap_or_default()
    }
}

/// What everybody may see; nothing while it is still being worked out. Where there is little to
/// work out and nobody has, it is done now.
///
/// # Errors
/// Those of the database.
pub async fn shown(
    app: &App,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Option<Arc<Found>>, DbErr> {
    if let Some(held) = app.opinions.held(id) {
        return Ok(Some(held.shown));
    }
    if matrix::size(app.db.read(), id).await? > SMALL {
        return Ok(None);
    }
    let version = version(app, id).await?;
    Ok(find(app, id, version, now).await?.map(|held| held.shown))
}

async fn version(app: &App, id: ConsultationId) -> Result<i64, DbErr> {
    Ok(opinion::Entity::find_by_id(id.0)
        .one(app.db.read())
        .await?
        .map_or(0, |row| row.version))
}

/// Keeps what is found up with the votes, until told to stop.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = round(&app, app.clock.now(), REST).await {
            tracing::warn!(%error, "opinion groups could not be worked out");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Works out what has changed since it was last worked out, and returns how many consultations
/// that was.
///
/// # Errors
/// Those of the database.
pub async fn refresh(app: &App, now: Timestamp) -> Result<usize, DbErr> {
    round(app, now, 0).await
}

async fn round(app: &App, now: Timestamp, rest: u32) -> Result<usize, DbErr> {
    let mut done = 0;
    for row in opinion::Entity::find().all(app.db.read()).await? {
        let id = ConsultationId(row.consultation_id);
        let due = match app.opinions.held(id) {
            None => true,
            Some(Held { latest, shown }) => {
                let rested = latest.at.elapsed() >= latest.took * rest;
                let waits = shown.version != row.version
                    && may_move_on(app, id, &shown, &latest, now).await?;
                rested && (latest.version != row.version || waits)
            }
        };
        if due && find(app, id, row.version, now).await?.is_some() {
            done += 1;
        }
    }
    Ok(done)
}

/// Whether what is shown may be replaced by this.
async fn may_move_on(
    app: &App,
    id: ConsultationId,
    shown: &Found,
    latest: &Found,
    now: Timestamp,
) -> Result<bool, DbErr> {
    if latest.participants >= shown.participants + THRESHOLD
        // Voters were set aside: their votes go at once.
        || latest.participants < shown.participants
        || latest.statements != shown.statements
        || day(now) != shown.day
    {
        return Ok(true);
    }
    let open = by_id(app.db.read(), id)
        .await?
        .is_some_and(|on| on.stage(now) == Stage::Open);
    Ok(!open)
}

fn day(now: Timestamp) -> String {
    now.to_string().get(..10).unwrap_or_default().to_owned()
}

async fn find(
    app: &App,
    id: ConsultationId,
    version: i64,
    now: Timestamp,
) -> Result<Option<Held>, DbErr> {
    let _one = app.opinions.working.lock().await;
    let before = app.opinions.held(id);
    let at_once = before
        .as_ref()
        .filter(|held| held.latest.version == version);
    let latest = match at_once {
        Some(held) => Arc::clone(&held.latest),
        None => {
            let began = Instant::now();
            set_aside::look(app, id, now).await?;
            let votes = matrix::matrix(app.db.read(), &app.config.secret, id).await?;
            let warm = before.as_ref().map(|held| held.latest.warm.clone());
            let today = day(now);
            let work = move || work_out(&votes, warm.as_ref(), version, today, began);
            match tokio::task::spawn_blocking(work).await {
                Ok(found) => Arc::new(found),
                Err(error) => {
                    tracing::error!(%error, "an analysis of votes failed");
                    return Ok(None);
                }
            }
        }
    };
    let shown = match before {
        Some(before) if !may_move_on(app, id, &before.shown, &latest, now).await? => before.shown,
        _ => Arc::clone(&latest),
    };
    let held = Held { latest, shown };
    if let Ok(mut all) = app.opinions.held.write() {
        all.insert(id.0, held.clone());
    }
    Ok(Some(held))
}

fn work_out(
    votes: &VoteMatrix,
    warm: Option<&Warm>,
    version: i64,
    day: String,
    began: Instant,
) -> Found {
    let settings = Settings {
        smallest_group: THRESHOLD,
        ..Settings::public()
    };
    let mut analysis = analyse(votes, &settings, warm);
    let drawn = analysis
        .groups
        .as_ref()
        .ok()
        .map(|groups| picture(groups, &analysis.positions, THRESHOLD));
    let weighed = priorities(votes, &analysis);
    let warm = analysis.warm(votes);
    // Where each person stands is needed for nothing more.
    analysis.positions = Vec::new();
    if let Ok(groups) = &mut analysis.groups {
        groups.group_of = Vec::new();
    }
    Found {
        version,
        day,
        statements: votes.statements().to_vec(),
        participants: votes.people().len(),
        votes: votes.votes(),
        analysis,
        picture: drawn,
        weighed,
        warm,
        at: Instant::now(),
        took: began.elapsed(),
    }
}

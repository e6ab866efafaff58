//! What people think, worked out beside the requests and kept in memory.
//!
//! Each process works it out again at its start and whenever the recorded version of the votes has
//! moved on; the analysis runs on a blocking thread and starts warm from the last one. Invariants:
//! a reader never waits for an analysis of somebody else's, nor for a large one, but gets what was
//! last shown or nothing; nothing here writes; while votes are taken, what is shown moves on only
//! with at least the disclosure threshold of new people, or at a new day, so that nobody can see in
//! the difference of two readings what one person said.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

use domain::calendar::uk_day;
use domain::consultation::Stage;
use domain::ids::ConsultationId;
use domain::vote::opinion::{
    Analysis, Picture, Settings, VoteMatrix, Warm, Weighed, analyse, picture, priorities,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::DbErr;

use crate::App;
use crate::consultation::rows::by_id;
use crate::vote::queries::matrix;
use crate::vote::rows::opinion::{version, versions};

/// The rule of what everybody may see is this many people.
const THRESHOLD: usize = 10;
/// Up to this many votes a reader who comes first may wait for the analysis: some milliseconds.
const SMALL: i64 = 60_000;

/// What the people of one consultation think, as it was worked out.
#[derive(Debug)]
pub struct Opinion {
    /// The version of the votes.
    pub version: i64,
    /// The day on which it was worked out.
    pub day: Date,
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

/// What is kept for a consultation.
#[derive(Clone, Debug)]
struct KeptOpinion {
    /// What was worked out last.
    latest: Arc<Opinion>,
    /// What everybody may see.
    shown: Arc<Opinion>,
}

/// What people think, by consultation.
#[derive(Debug, Default)]
pub struct Opinions {
    kept: RwLock<HashMap<ConsultationId, KeptOpinion>>,
    /// The consultations that are being worked on.
    working: Mutex<HashSet<ConsultationId>>,
}

/// The right to work on one consultation, given back when it is dropped.
struct Working<'a> {
    on: ConsultationId,
    all: &'a Mutex<HashSet<ConsultationId>>,
}

impl Drop for Working<'_> {
    fn drop(&mut self) {
        if let Ok(mut all) = self.all.lock() {
            all.remove(&self.on);
        }
    }
}

impl Opinions {
    fn kept(&self, id: ConsultationId) -> Option<KeptOpinion> {
        self.kept.read().ok()?.get(&id).cloned()
    }

    /// The right to work on this consultation; nothing while somebody does.
    fn begin(&self, on: ConsultationId) -> Option<Working<'_>> {
        let all = &self.working;
        // Made only where it is given: one that is dropped at once would end somebody else's work, and
        // wait for the lock that is still held here.
        let free = all.lock().ok()?.insert(on);
        free.then(|| Working { on, all })
    }

    /// What the next statement is drawn from, as last worked out.
    pub fn weighed(&self, id: ConsultationId) -> Vec<Weighed> {
        self.kept(id)
            .map(|kept| kept.latest.weighed.clone())
            .unwrap_or_default()
    }
}

/// What everybody may see; nothing while it is still being worked out. Where there is little to
/// work out and nobody has, it is done now.
///
/// # Errors
/// Votes that can't be read.
pub async fn shown(
    app: &App,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Option<Arc<Opinion>>, DbErr> {
    if let Some(kept) = app.opinions.kept(id) {
        return Ok(Some(kept.shown));
    }
    if matrix::size(app.db.read(), id).await? <= SMALL {
        refresh(app, id, now).await?;
    }
    Ok(app.opinions.kept(id).map(|kept| kept.shown))
}

/// The consultations whose votes, or what may be shown of them, have moved on, but those that were
/// worked out less than `rest` times ago as long as it took.
///
/// # Errors
/// Consultations that can't be read.
pub async fn due(app: &App, now: Timestamp, rest: u32) -> Result<Vec<ConsultationId>, DbErr> {
    let mut due = Vec::new();
    for (id, version) in versions(app.db.read()).await? {
        let Some(KeptOpinion { latest, shown }) = app.opinions.kept(id) else {
            due.push(id);
            continue;
        };
        let rested = latest.at.elapsed() >= latest.took * rest;
        if rested
            && (latest.version != version
                || shown.version != version && may_move_on(app, id, &shown, &latest, now).await?)
        {
            due.push(id);
        }
    }
    Ok(due)
}

/// Works out what people think of a consultation, and says whether it has: somebody else may be at
/// it.
///
/// # Errors
/// Votes that can't be read.
pub async fn refresh(app: &App, id: ConsultationId, now: Timestamp) -> Result<bool, DbErr> {
    let Some(_working) = app.opinions.begin(id) else {
        return Ok(false);
    };
    let version = version(app.db.read(), id).await?;
    let before = app.opinions.kept(id);
    let known = before
        .as_ref()
        .filter(|kept| kept.latest.version == version);
    let latest = match known {
        Some(kept) => Arc::clone(&kept.latest),
        None => {
            let began = Instant::now();
            let votes = matrix::matrix(app.db.read(), &app.config.secret, id).await?;
            let warm = before.as_ref().map(|kept| kept.latest.warm.clone());
            let today = uk_day(now);
            let work = move || work_out(&votes, warm.as_ref(), version, today, began);
            match tokio::task::spawn_blocking(work).await {
                Ok(opinion) => Arc::new(opinion),
                Err(error) => {
                    tracing::error!(%error, "an analysis of votes failed");
                    return Ok(false);
                }
            }
        }
    };
    let shown = match before {
        Some(before) if !may_move_on(app, id, &before.shown, &latest, now).await? => before.shown,
        _ => Arc::clone(&latest),
    };
    if let Ok(mut all) = app.opinions.kept.write() {
        all.insert(id, KeptOpinion { latest, shown });
    }
    Ok(true)
}

/// Whether what is shown may be replaced by this.
async fn may_move_on(
    app: &App,
    id: ConsultationId,
    shown: &Opinion,
    latest: &Opinion,
    now: Timestamp,
) -> Result<bool, DbErr> {
    if latest.participants >= shown.participants + THRESHOLD
        // Voters were set aside: their votes go at once.
        || latest.participants < shown.participants
        || latest.statements != shown.statements
        || uk_day(now) != shown.day
    {
        return Ok(true);
    }
    let open = by_id(app.db.read(), id)
        .await?
        .is_some_and(|on| on.stage(now) == Stage::Open);
    Ok(!open)
}

fn work_out(
    votes: &VoteMatrix,
    warm: Option<&Warm>,
    version: i64,
    day: Date,
    began: Instant,
) -> Opinion {
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
    Opinion {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_works_on_a_consultation_at_a_time_and_nobody_waits_for_another_one() {
        let opinions = Opinions::default();
        let first = opinions.begin(ConsultationId(1));
        assert!(first.is_some());
        assert!(opinions.begin(ConsultationId(1)).is_none());
        assert!(opinions.begin(ConsultationId(2)).is_some());
        drop(first);
        assert!(opinions.begin(ConsultationId(1)).is_some());
    }
}

//! What people think, worked out beside the requests and kept in memory.
//!
//! Each process works it out again at its start and whenever the recorded version of the votes has
//! moved on; the analysis runs on a blocking thread and starts warm from the last one. Invariants:
//! a reader never waits for an analysis of somebody else's, nor for a large one, but gets what was
//! last shown or nothing; nothing here writes; while votes are taken, what is shown moves on only
//! with at least the disclosure threshold of new people, or at a new day, so that nobody can see in
//! the difference of two readings what one person said.

use std::sync::Arc;
use std::time::Instant;

use domain::calendar::uk_day;
use domain::consultation::Stage;
use domain::ids::ConsultationId;
use domain::vote::opinion::{Settings, VoteMatrix, Warm, analyse, picture, priorities};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::DbErr;

use crate::App;
use crate::consultation::rows::by_id;
use crate::vote::queries::matrix;
use crate::vote::queries::opinions::{KeptOpinion, Opinion};
use crate::vote::rows::opinion::{version, versions};

/// The rule of what everybody may see is this many people.
const THRESHOLD: usize = 10;
/// Up to this many votes a reader who comes first may wait for the analysis: some milliseconds.
const SMALL: i64 = 60_000;

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
    app.opinions.keep(id, KeptOpinion { latest, shown });
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

//! What people think, worked out beside the requests and kept in memory: for the next release of it,
//! and for which statement a voter is shown next.
//!
//! Each process works it out again at its start and whenever the recorded version of the votes has
//! moved on; the analysis runs on a blocking thread and starts warm from the last one. Invariants:
//! nobody waits for an analysis; nothing here writes, and nobody sees any of it before it is released.

use std::sync::Arc;
use std::time::Instant;

use domain::ids::ConsultationId;
use domain::vote::opinion::{Settings, VoteMatrix, Warm, analyse, picture, priorities};
use sea_orm::DbErr;

use crate::App;
use crate::vote::queries::matrix;
use crate::vote::queries::opinions::Opinion;
use crate::vote::rows::opinion::{version, versions};

/// The rule of what everybody may see is this many people.
const THRESHOLD: usize = 10;

/// What was worked out last; nothing while nobody has.
pub fn latest(app: &App, id: ConsultationId) -> Option<Arc<Opinion>> {
    app.opinions.latest(id)
}

/// The consultations whose votes have moved on, but those that were worked out less than `rest` times
/// ago as long as it took.
///
/// # Errors
/// Consultations that can't be read.
pub async fn due(app: &App, rest: u32) -> Result<Vec<ConsultationId>, DbErr> {
    let versions = versions(app.db.read()).await?;
    let due = versions.into_iter().filter(|(id, version)| {
        latest(app, *id).is_none_or(|latest| {
            latest.version != *version && latest.at.elapsed() >= latest.took * rest
        })
    });
    Ok(due.map(|(id, _)| id).collect())
}

/// Works out what people think of a consultation, and says whether it has: somebody else may be at
/// it.
///
/// # Errors
/// Votes that can't be read.
pub async fn refresh(app: &App, id: ConsultationId) -> Result<bool, DbErr> {
    let Some(_working) = app.opinions.begin(id) else {
        return Ok(false);
    };
    let version = version(app.db.read(), id).await?;
    let before = latest(app, id);
    if before
        .as_ref()
        .is_some_and(|before| before.version == version)
    {
        return Ok(true);
    }
    let began = Instant::now();
    let votes = matrix::matrix(app.db.read(), &app.config.secret, id).await?;
    let warm = before.map(|before| before.warm.clone());
    let work = move || work_out(&votes, warm.as_ref(), version, began);
    match tokio::task::spawn_blocking(work).await {
        Ok(opinion) => app.opinions.keep(id, Arc::new(opinion)),
        Err(error) => {
            tracing::error!(%error, "an analysis of votes failed");
            return Ok(false);
        }
    }
    Ok(true)
}

fn work_out(votes: &VoteMatrix, warm: Option<&Warm>, version: i64, began: Instant) -> Opinion {
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

//! Releases what everybody may see of counts of people, when it is due.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::time::Duration;

use domain::calendar::is_night_between;
use domain::ids::ConsultationId;
use domain::insight::release::Of;
use jiff::Timestamp;
use sea_orm::DbErr;
use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::consultation::rows::overview;
use crate::granted::Caller;
use crate::insight::commands::{ReleaseCounts, release_counts};
use crate::insight::rows::release;
use crate::neighbourhood::commands::{ReleaseConcerns, release_concerns};
use crate::neighbourhood::queries::areas_with_concerns;
use crate::poll::rows::polls;
use crate::vote::rows::opinion as votes;

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    // A server that starts in the day leaves what is going on to the next night.
    let before = Mutex::new(app.clock.now());
    every(period, stop, async || {
        let last = before.lock().map(|at| *at).unwrap_or_default();
        let now = app.clock.now();
        match release_round(&app, last).await {
            Ok(_) => {
                if let Ok(mut before) = before.lock() {
                    *before = now;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "what is to be released could not be looked at");
            }
        }
    })
    .await;
}

/// One round, with the moment of the one before, and how much it released. While more can come that is
/// done in the first round of each night, whoever came when: the moment at which a number moves says
/// nothing of the last of ten.
///
/// # Errors
/// As [`release_due`].
pub async fn release_round(app: &App, before: Timestamp) -> Result<usize, DbErr> {
    if is_night_between(before, app.clock.now()) {
        release_due(app).await
    } else {
        release_ended(app).await
    }
}

/// Releases what is due of consultations in which no more can come, and says how much that was.
///
/// # Errors
/// As [`release_due`].
async fn release_ended(app: &App) -> Result<usize, DbErr> {
    let now = app.clock.now();
    let ended: HashSet<ConsultationId> = overview::closed(app.db.read(), now)
        .await?
        .into_iter()
        .collect();
    let mut on = unfinished(app, now).await?;
    on.retain(|id| ended.contains(id));
    Ok(of_each(app, on).await)
}

/// Releases what is due now, and says how much that was.
///
/// # Errors
/// What is to be released can't be read. What fails for one is logged, and the others go on.
pub async fn release_due(app: &App) -> Result<usize, DbErr> {
    let caller = Caller::anyone(app.clock.now());
    let on = unfinished(app, caller.now).await?;
    let mut made = of_each(app, on).await;
    for code in areas_with_concerns(app.db.read()).await? {
        let name = code.clone();
        match release_concerns(app, &caller, ReleaseConcerns { area: code }).await {
            Ok(released) => made += usize::from(released),
            Err(error) => {
                tracing::warn!(%error, area = name, "counts of concerns could not be released");
            }
        }
    }
    Ok(made)
}

async fn of_each(app: &App, consultations: Vec<ConsultationId>) -> usize {
    let caller = Caller::anyone(app.clock.now());
    let mut made = 0;
    for on in consultations {
        match release_counts(app, &caller, ReleaseCounts { on }).await {
            Ok(number) => made += number,
            Err(error) => {
                tracing::warn!(%error, consultation = on.0, "counts could not be released");
            }
        }
    }
    made
}

/// The consultations of which something may be to release: those that have opened, without those of
/// which everything is released.
async fn unfinished(app: &App, now: Timestamp) -> Result<Vec<ConsultationId>, DbErr> {
    let db = app.db.read();
    let opened = overview::opened(db, now).await?;
    let complete = release::complete(db).await?;
    let versions: HashMap<ConsultationId, i64> = votes::versions(db).await?.into_iter().collect();
    let polled = polls::unpublished_of(db).await?;
    let is_finished = |id: &ConsultationId| {
        let version = versions.get(id).copied().unwrap_or_default();
        complete.contains_key(&Of::Responses(*id).subject())
            && complete.get(&Of::Votes(*id).subject()) == Some(&version)
            && !polled.contains(id)
    };
    Ok(opened.into_iter().filter(|id| !is_finished(id)).collect())
}

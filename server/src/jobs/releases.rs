//! Releases what everybody may see of counts of people, when it is due.

use std::collections::HashSet;
use std::time::Duration;

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
use crate::response::rows::counts;

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    every(period, stop, async || {
        if let Err(error) = release_due(&app).await {
            tracing::warn!(%error, "what is to be released could not be looked at");
        }
    })
    .await;
}

/// Releases what is due now, and says how much that was.
///
/// # Errors
/// What is to be released can't be read. What fails for one is logged, and the others go on.
pub async fn release_due(app: &App) -> Result<usize, DbErr> {
    let caller = Caller::anyone(app.clock.now());
    let mut made = 0;
    for on in unfinished(app, caller.now).await? {
        match release_counts(app, &caller, ReleaseCounts { on }).await {
            Ok(number) => made += number,
            Err(error) => {
                tracing::warn!(%error, consultation = on.0, "counts could not be released");
            }
        }
    }
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

/// The consultations of which something may be to release: those that have opened, without those
/// whose last responses are released and that nobody votes in.
async fn unfinished(app: &App, now: Timestamp) -> Result<Vec<ConsultationId>, DbErr> {
    let db = app.db.read();
    let opened = overview::opened(db, now).await?;
    let complete: HashSet<String> = release::complete(db).await?.into_iter().collect();
    let responded = counts::responses(db, &opened).await?;
    let voted: HashSet<ConsultationId> = crate::vote::rows::opinion::versions(db)
        .await?
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let polled = crate::poll::rows::polls::unpublished_of(db).await?;
    Ok(opened
        .into_iter()
        .filter(|id| {
            let responses =
                responded.contains_key(id) && !complete.contains(&Of::Responses(*id).subject());
            responses || voted.contains(id) || polled.contains(id)
        })
        .collect())
}

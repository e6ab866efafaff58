//! Keeps what people think up with the votes: looks for stuffing first, then works it out.

use std::time::Duration;

use jiff::Timestamp;
use sea_orm::DbErr;
use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::error::Denied;
use crate::granted::Caller;
use crate::vote::commands::{LookForStuffing, look_for_stuffing};
use crate::vote::queries::opinion;

/// Nothing is worked out again sooner than this many times as long as it took.
const REST: u32 = 5;

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    every(period, stop, async || {
        if let Err(error) = round(&app, app.clock.now(), REST).await {
            tracing::warn!(%error, "what people think could not be looked at");
        }
    })
    .await;
}

/// Works out again what has moved on, and returns how many consultations that was.
///
/// # Errors
/// Consultations that can't be read. What fails for one is logged, and the others go on.
pub async fn find_opinions(app: &App, now: Timestamp) -> Result<usize, DbErr> {
    round(app, now, 0).await
}

async fn round(app: &App, now: Timestamp, rest: u32) -> Result<usize, DbErr> {
    let mut done = 0;
    for on in opinion::due(app, rest).await? {
        let found = async {
            look_for_stuffing(app, &Caller::anyone(now), LookForStuffing { on }).await?;
            Ok::<_, Denied>(opinion::refresh(app, on).await?)
        };
        match found.await {
            Ok(worked_out) => done += usize::from(worked_out),
            Err(error) => {
                tracing::warn!(%error, consultation = on.0, "what people think could not be worked out");
            }
        }
    }
    Ok(done)
}

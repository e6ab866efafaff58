//! Shuffles the rows of polls and of votes by the clock, so that where a row lies stops saying who came
//! with whom, or after whom. At the start all are shuffled: the server does not know what came before.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::error::Fault;
use crate::granted::Caller;
use crate::poll::commands::{ShuffleRows, all_pending, shuffle_rows};
use crate::vote::commands::{ShuffleVotes, all_voted, shuffle_votes};

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    let begun = AtomicBool::new(false);
    every(period, stop, async || {
        if !begun.load(Ordering::Relaxed) {
            match everything(&app).await {
                Ok(()) => begun.store(true, Ordering::Relaxed),
                Err(error) => tracing::warn!(%error, "what is to be shuffled could not be read"),
            }
        }
        let caller = Caller::anyone(app.clock.now());
        if let Err(error) = shuffle_rows(&app, &caller, ShuffleRows).await {
            tracing::warn!(%error, "rows of polls could not be shuffled");
        }
        if let Err(error) = shuffle_votes(&app, &caller, ShuffleVotes).await {
            tracing::warn!(%error, "rows of votes could not be shuffled");
        }
    })
    .await;
}

async fn everything(app: &App) -> Result<(), Fault> {
    all_pending(app).await?;
    all_voted(app).await
}

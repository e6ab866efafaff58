//! Shuffles the rows of polls by the clock, so that where a row lies stops saying who came with
//! whom. At the start every poll is shuffled: the server does not know what came before.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::granted::Caller;
use crate::poll::commands::{ShuffleRows, all_pending, shuffle_rows};

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    let begun = AtomicBool::new(false);
    every(period, stop, async || {
        if !begun.load(Ordering::Relaxed) {
            match all_pending(&app).await {
                Ok(()) => begun.store(true, Ordering::Relaxed),
                Err(error) => tracing::warn!(%error, "the polls could not be read"),
            }
        }
        let caller = Caller::anyone(app.clock.now());
        if let Err(error) = shuffle_rows(&app, &caller, ShuffleRows).await {
            tracing::warn!(%error, "rows of polls could not be shuffled");
        }
    })
    .await;
}

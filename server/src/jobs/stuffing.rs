//! Looks at the ballots of polls that people vote in, so that what a restart forgets is little.

use std::time::Duration;

use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::commands::{LookForStuffedBallots, look_for_stuffed_ballots};

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    every(period, stop, async || look_at_polls(&app).await).await;
}

/// Looks at each. What fails for one is logged, and the others go on.
pub async fn look_at_polls(app: &App) {
    let caller = Caller::anyone(app.clock.now());
    for (id, poll) in app.signs.polls() {
        match look_for_stuffed_ballots(app, &caller, LookForStuffedBallots { poll }).await {
            Ok(()) => {}
            // The poll was removed with its draft.
            Err(Denied::NotFound) => app.signs.forget(id),
            Err(error) => tracing::warn!(%error, poll = id.0, "its ballots could not be looked at"),
        }
    }
}

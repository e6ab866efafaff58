//! Removes what has expired: sessions, links, letters, ways to reach people, where votes came from.
//!
//! Invariant: the periods are those of `domain::retention`, which the privacy page shows.
//! Deliberately not here: addresses left with a response, which are removed in the transaction
//! that writes to them.

use std::time::Duration;

use domain::retention::LETTER_DAYS;
use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::account::rows::{links, sessions};
use crate::error::Denied;
use crate::granted::Caller;
use crate::neighbourhood::commands::{ForgetContacts, forget_contacts};
use crate::record::outbox;
use crate::vote::commands::{ForgetSources, forget_sources};

const A_DAY: i64 = 24 * 3_600_000;

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    every(period, stop, async || {
        if let Err(error) = sweep(&app).await {
            tracing::warn!(%error, "expired rows could not be removed");
        }
        app.limits.sweep();
    })
    .await;
}

/// Removes it.
pub async fn sweep(app: &App) -> Result<(), Denied> {
    let now = app.clock.now().as_millisecond();
    let db = app.db.writing();
    sessions::delete_expired(db, app.clock.now()).await?;
    links::delete_expired(db, app.clock.now()).await?;
    let letters = outbox::forget(db, now - LETTER_DAYS * A_DAY).await?;
    if letters > 0 {
        tracing::warn!(letters, "letters that were never sent were removed");
    }
    let caller = Caller::anyone(app.clock.now());
    forget_sources(app, &caller, ForgetSources).await?;
    forget_contacts(app, &caller, ForgetContacts).await?;
    Ok(())
}

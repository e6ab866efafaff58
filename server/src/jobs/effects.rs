//! Carries out the outbox.
//!
//! Invariant: an effect that fails is tried again, later each time; a process that took one and was
//! too slow does not say what became of it after another has taken it.

use std::time::Duration;

use sea_orm::DbErr;
use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::granted::Caller;
use crate::insight::commands::{TellTakenPart, tell_taken_part};
use crate::record::outbox::{self, Attempt, Effect, LEASE_MILLIS};

const MOST_AT_ONCE: u64 = 50;
const MOST_ATTEMPTS: i32 = 12;
/// The first wait after a failure; it doubles each time.
const WAIT_MILLIS: i64 = 5_000;

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    every(period, stop, async || {
        if let Err(error) = carry_out(&app).await {
            tracing::warn!(%error, "the outbox could not be read");
        }
    })
    .await;
}

/// Carries out what is due and returns how many effects were done.
///
/// # Errors
/// An outbox that can't be read or written.
pub async fn carry_out(app: &App) -> Result<usize, DbErr> {
    let now = app.clock.now().as_millisecond();
    let mut done = 0;
    for due in outbox::due(app.db.read(), now, MOST_AT_ONCE).await? {
        // Another process may have taken it meanwhile.
        let until = now + LEASE_MILLIS;
        let Some(taken) = outbox::take(app.db.writing(), &due, until).await? else {
            continue;
        };
        let outcome = match due.effect {
            Ok(effect) => {
                let attempt = Attempt {
                    effect: due.id,
                    number: taken.attempt,
                };
                handle(app, attempt, effect).await
            }
            Err(why) => Err(why),
        };
        let finished = app.clock.now().as_millisecond();
        match outcome {
            Ok(()) => {
                done += 1;
                outbox::done(app.db.writing(), taken, finished).await?;
            }
            Err(error) => {
                let attempt = taken.attempt;
                tracing::warn!(id = due.id, kind = %due.kind, attempt, "an effect failed");
                let after = if attempt >= MOST_ATTEMPTS {
                    i64::MAX / 2
                } else {
                    finished + (WAIT_MILLIS << (attempt - 1).clamp(0, 10))
                };
                outbox::failed(app.db.writing(), taken, after, error).await?;
            }
        }
    }
    Ok(done)
}

async fn handle(app: &App, attempt: Attempt, effect: Effect) -> Result<(), String> {
    match effect {
        Effect::Mail(letter) => app
            .mail
            .send(&letter)
            .await
            .map_err(|error| error.to_string()),
        Effect::TellTakenPart { consultation } => {
            let caller = Caller::anyone(app.clock.now());
            let command = TellTakenPart {
                consultation: consultation.into(),
                attempt,
            };
            tell_taken_part(app, &caller, command)
                .await
                .map_err(|error| error.to_string())
        }
    }
}

//! Carries out the outbox.
//!
//! Invariant: an effect that fails is tried again, later each time; a letter is given up after days, or
//! at once where no try can help, and then stands on the page of letters that did not leave; what else
//! fails is tried for ever. A process that took an effect and was too slow does not say what became of
//! it after another has taken it, and one effect that fails keeps no other from its turn.

use std::time::Duration;

use domain::letter::{Trouble, try_again, wait};
use jiff::Timestamp;
use sea_orm::DbErr;
use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::granted::Caller;
use crate::insight::commands::{TellTakenPart, tell_taken_part};
use crate::record::outbox::{self, Attempt, Due, Effect, LEASE_MILLIS, NEVER, Taken};
use crate::secret::hex;

const MOST_AT_ONCE: u64 = 50;

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
    let mut unwritten = None;
    for due in outbox::due(app.db.read(), now, MOST_AT_ONCE).await? {
        match carry_out_one(app, due).await {
            Ok(is_done) => done += usize::from(is_done),
            // It comes again once its lease is over; those behind it have their turn now.
            Err(error) => unwritten = Some(error),
        }
    }
    match unwritten {
        Some(error) => Err(error),
        None => Ok(done),
    }
}

/// Whether it was done.
async fn carry_out_one(app: &App, due: Due) -> Result<bool, DbErr> {
    // Those before it took their time.
    let until = app.clock.now().as_millisecond() + LEASE_MILLIS;
    // Another process may have taken it meanwhile.
    let Some(taken) = outbox::take(app.db.writing(), &due, until).await? else {
        return Ok(false);
    };
    let since = Timestamp::from_millisecond(due.since).unwrap_or(Timestamp::MIN);
    let outcome = match due.effect {
        Ok(effect) => {
            let attempt = Attempt {
                effect: due.id,
                number: taken.attempt,
            };
            handle(app, attempt, effect).await
        }
        Err(why) => Err(Failed::Other(why)),
    };
    let Err(why) = outcome else {
        let finished = app.clock.now().as_millisecond();
        outbox::done(app.db.writing(), taken, finished).await?;
        return Ok(true);
    };
    let why_in_the_log = match &why {
        Failed::Letter(trouble) => trouble.to_string(),
        Failed::Other(_) => "see its row".to_owned(),
    };
    let attempt = taken.attempt;
    tracing::warn!(id = due.id, kind = %due.kind, attempt, why = %why_in_the_log, "an effect failed");
    fail(app, taken, why, since).await?;
    Ok(false)
}

async fn fail(app: &App, taken: Taken, why: Failed, since: Timestamp) -> Result<(), DbErr> {
    let now = app.clock.now();
    let (again, words) = match why {
        Failed::Letter(trouble) => (try_again(trouble, since, now), trouble.to_string()),
        Failed::Other(why) => (now.checked_add(wait(since, now)).ok(), why),
    };
    let again = again.map_or(NEVER, Timestamp::as_millisecond);
    outbox::failed(app.db.writing(), taken, again, words).await
}

/// Why an effect was not carried out.
enum Failed {
    Letter(Trouble),
    Other(String),
}

/// What tells a letter from every other, without saying how many there are.
fn letter_id(app: &App, effect: i64) -> String {
    let mac = app.config.secret.mac("message-id", &effect.to_be_bytes());
    hex(mac.get(..16).unwrap_or_default())
}

async fn handle(app: &App, attempt: Attempt, effect: Effect) -> Result<(), Failed> {
    match effect {
        Effect::Mail(letter) => app
            .mail
            .send(&letter, &letter_id(app, attempt.effect))
            .await
            .map_err(|failed| Failed::Letter(failed.0)),
        Effect::TellTakenPart { consultation } => {
            let caller = Caller::anyone(app.clock.now());
            let command = TellTakenPart {
                consultation: consultation.into(),
                attempt,
            };
            tell_taken_part(app, &caller, command)
                .await
                .map_err(|error| Failed::Other(error.to_string()))
        }
    }
}

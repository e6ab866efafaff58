//! Carries out the outbox.
//!
//! Invariant: an effect that fails is tried again, later each time; a letter is given up after days, or
//! at once where no try can help, and then stands on the page of letters that did not leave; what else
//! fails is tried for ever. A process that took an effect and was too slow does not say what became of
//! it after another has taken it, and one effect that fails keeps no other from its turn: whatever is no
//! letter comes before letters, and while the mail server can't be reached one letter a round finds that
//! out for all.

use std::time::Duration;

use domain::letter::{Trouble, try_again, wait};
use jiff::Timestamp;
use sea_orm::DbErr;
use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::db::moment;
use crate::granted::Caller;
use crate::insight::commands::{TellTakenPart, tell_taken_part};
use crate::mail::A_WHOLE_TRY;
use crate::record::outbox::{self, Attempt, Due, Effect, LEASE_MILLIS, NEVER, Taken};
use crate::secret::hex;

const MOST_AT_ONCE: u64 = 50;

const _: () = assert!(A_WHOLE_TRY.as_millis() < LEASE_MILLIS.unsigned_abs() as u128);

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
    let mut no_way = false;
    for due in outbox::due(app.db.read(), now, MOST_AT_ONCE).await? {
        // Each would wait as long for the same mail server. They are first the next time.
        if no_way && due.is_letter() {
            continue;
        }
        match carry_out_one(app, due).await {
            Ok(Became::Done) => done += 1,
            Ok(Became::NoWay) => no_way = true,
            Ok(Became::Another) => {}
            // It comes again once its lease is over; those behind it have their turn now.
            Err(error) => unwritten = Some(error),
        }
    }
    match unwritten {
        Some(error) => Err(error),
        None => Ok(done),
    }
}

/// What became of an effect.
enum Became {
    Done,
    /// It is a letter, and none leaves at present.
    NoWay,
    /// It failed otherwise, or another process has it.
    Another,
}

async fn carry_out_one(app: &App, due: Due) -> Result<Became, DbErr> {
    // Those before it took their time.
    let until = app.clock.now().as_millisecond() + LEASE_MILLIS;
    // Another process may have taken it meanwhile.
    let Some(taken) = outbox::take(app.db.writing(), &due, until).await? else {
        return Ok(Became::Another);
    };
    let since = moment(due.since)?;
    let is_letter = due.is_letter();
    let outcome = match due.effect {
        Ok(effect) => {
            let attempt = Attempt {
                effect: due.id,
                number: taken.attempt,
            };
            handle(app, attempt, effect).await
        }
        Err(why) => {
            tracing::error!(id = due.id, kind = %due.kind, %why, "an effect can't be read");
            Err(if is_letter {
                Failed::Letter(Trouble::Unreadable)
            } else {
                Failed::Other(why.to_string())
            })
        }
    };
    let Err(why) = outcome else {
        let finished = app.clock.now().as_millisecond();
        outbox::done(app.db.writing(), taken, finished).await?;
        return Ok(Became::Done);
    };
    let (why_in_the_log, became) = match &why {
        Failed::Letter(trouble) if trouble.is_of_the_way() => (trouble.to_string(), Became::NoWay),
        Failed::Letter(trouble) => (trouble.to_string(), Became::Another),
        Failed::Other(_) => ("see its row".to_owned(), Became::Another),
    };
    let attempt = taken.attempt;
    tracing::warn!(id = due.id, kind = %due.kind, attempt, why = %why_in_the_log, "an effect failed");
    fail(app, taken, why, since).await?;
    Ok(became)
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
            .send(
                &letter,
                &letter_id(app, letter.first.unwrap_or(attempt.effect)),
            )
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

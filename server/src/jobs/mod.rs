//! Work outside requests. Each kind is a task of its own and keeps to the clock, so that none waits
//! for another: not the secrecy of ballots for letters, nor letters for opinion groups.
//!
//! Invariant: what fails, or panics, is tried again at its next time, and stops no other.

mod effects;
mod opinions;
mod retention;
mod shuffling;

pub use effects::carry_out;
pub use opinions::find_opinions;
pub use retention::sweep;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::App;

/// How often each kind of work is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Periods {
    /// Effects in the outbox: letters, mostly.
    pub effects: Duration,
    /// What has expired.
    pub sweep: Duration,
    /// Rows of ballots and electors that are to be shuffled.
    pub shuffle: Duration,
    /// What people think.
    pub opinions: Duration,
}

impl Default for Periods {
    fn default() -> Self {
        Self {
            effects: Duration::from_secs(1),
            sweep: Duration::from_secs(600),
            shuffle: Duration::from_secs(120),
            opinions: Duration::from_secs(2),
        }
    }
}

/// Runs until told to stop.
pub async fn run(app: App, stop: watch::Receiver<bool>) {
    run_every(app, Periods::default(), stop).await;
}

/// The same with other periods.
pub async fn run_every(app: App, periods: Periods, stop: watch::Receiver<bool>) {
    let tasks = [
        tokio::spawn(effects::run(app.clone(), periods.effects, stop.clone())),
        tokio::spawn(retention::run(app.clone(), periods.sweep, stop.clone())),
        tokio::spawn(shuffling::run(app.clone(), periods.shuffle, stop.clone())),
        tokio::spawn(opinions::run(app, periods.opinions, stop)),
    ];
    for task in tasks {
        if let Err(error) = task.await {
            tracing::error!(%error, "a job ended");
        }
    }
}

/// Does this now and then again each period, until told to stop. A round that takes longer than a
/// period is followed by the next one a period later.
async fn every<F, R>(period: Duration, mut stop: watch::Receiver<bool>, mut round: F)
where
    F: FnMut() -> R,
    R: Future<Output = ()>,
{
    let mut ticks = tokio::time::interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            told = stop.changed() => if told.is_err() { return },
        }
        if *stop.borrow() {
            return;
        }
        if AssertUnwindSafe(round()).catch_unwind().await.is_err() {
            tracing::error!("a job panicked");
        }
    }
}

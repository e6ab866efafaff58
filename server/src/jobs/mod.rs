//! Work outside requests. Each kind is a task of its own and keeps to the clock, so that none waits
//! for another: not the secrecy of ballots for letters, nor letters for opinion groups.
//!
//! Invariant: what fails, or panics, is tried again at its next time, and stops no other.

mod effects;
mod every;
mod opinions;
mod record;
mod releases;
mod retention;
mod shuffling;
mod stuffing;

pub use effects::carry_out;
pub use opinions::find_opinions;
pub use record::sign_and_mail;
pub use releases::{release_due, release_round};
pub use retention::sweep;
pub use stuffing::look_at_polls;

use std::time::Duration;

use tokio::sync::watch;

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
    /// What everybody may see of counts of people.
    pub releases: Duration,
    /// Ballots that look as if a program had cast them.
    pub stuffing: Duration,
    /// The head of the record that is to be signed.
    pub record: Duration,
}

impl Default for Periods {
    fn default() -> Self {
        Self {
            effects: Duration::from_secs(1),
            sweep: Duration::from_secs(600),
            shuffle: Duration::from_secs(120),
            opinions: Duration::from_secs(2),
            releases: Duration::from_secs(30),
            stuffing: Duration::from_secs(300),
            record: Duration::from_secs(3_600),
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
        tokio::spawn(opinions::run(app.clone(), periods.opinions, stop.clone())),
        tokio::spawn(releases::run(app.clone(), periods.releases, stop.clone())),
        tokio::spawn(stuffing::run(app.clone(), periods.stuffing, stop.clone())),
        tokio::spawn(record::run(app, periods.record, stop)),
    ];
    for task in tasks {
        if let Err(error) = task.await {
            tracing::error!(%error, "a job ended");
        }
    }
}

//! One kind of work, again and again.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

/// Does this now and then again each period, until told to stop. A round that takes longer than a
/// period is followed by the next one a period later.
pub(super) async fn every<F, R>(period: Duration, mut stop: watch::Receiver<bool>, mut round: F)
where
    F: FnMut() -> R,
    R: Future<Output = ()>,
{
    let mut ticks = tokio::time::interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
        if *stop.borrow() {
            return;
        }
        if AssertUnwindSafe(round()).catch_unwind().await.is_err() {
            tracing::error!("a job panicked");
        }
    }
}

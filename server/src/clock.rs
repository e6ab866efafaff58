//! The one place that reads the time. Tests move it; the domain never asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A clock that can be moved for tests and demonstrations.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_seconds: Arc<AtomicI64>,
}

impl Clock {
    /// The present moment, to the millisecond, as the database keeps it.
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_secs(self.offset_seconds.load(Ordering::Relaxed));
        let now = Timestamp::now()
            .saturating_add(offset)
            .unwrap_or(Timestamp::MAX);
        from_millis(now.as_millisecond())
    }

    /// Moves the clock by some seconds, to either side.
    pub fn shift(&self, seconds: i64) {
        self.offset_seconds.fetch_add(seconds, Ordering::Relaxed);
    }
}

/// A stored time. Out of range is clamped, which the schema never produces.
pub fn from_millis(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// A stored optional time.
pub fn from_millis_opt(millis: Option<i64>) -> Option<Timestamp> {
    millis.map(from_millis)
}

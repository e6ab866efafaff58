//! The polls whose rows are to be shuffled.

use std::collections::BTreeSet;
use std::sync::Mutex;

use domain::ids::PollId;

/// The polls of which rows were written since they were last shuffled. They are added inside the write:
/// whoever voted may have gone before it is answered.
#[derive(Debug, Default)]
pub struct PendingShuffles(Mutex<BTreeSet<PollId>>);

impl PendingShuffles {
    /// These polls are to be shuffled.
    pub(super) fn add(&self, polls: impl IntoIterator<Item = PollId>) {
        if let Ok(mut pending) = self.0.lock() {
            pending.extend(polls);
        }
    }

    /// Whether this poll is pending.
    pub(super) fn has(&self, poll: PollId) -> bool {
        self.0.lock().is_ok_and(|pending| pending.contains(&poll))
    }

    /// Whether any poll is pending.
    pub fn any(&self) -> bool {
        self.0.lock().is_ok_and(|pending| !pending.is_empty())
    }

    /// Every one, none of which is pending any more.
    pub(super) fn take(&self) -> BTreeSet<PollId> {
        self.0
            .lock()
            .map(|mut pending| std::mem::take(&mut *pending))
            .unwrap_or_default()
    }
}

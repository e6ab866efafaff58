//! The consultations whose votes are to be shuffled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use domain::ids::ConsultationId;

/// The consultations in which people voted, or wrote a statement, since their rows were shuffled.
#[derive(Debug, Default)]
pub struct Voted(Mutex<(BTreeSet<ConsultationId>, BTreeMap<ConsultationId, i32>)>);

impl Voted {
    /// The rows of this consultation are to be shuffled.
    pub fn add(&self, on: ConsultationId) {
        if let Ok(mut held) = self.0.lock() {
            held.0.insert(on);
        }
    }

    /// Every one that is pending, none of which is any more.
    pub(super) fn take(&self) -> BTreeSet<ConsultationId> {
        self.0
            .lock()
            .map(|mut held| std::mem::take(&mut held.0))
            .unwrap_or_default()
    }

    /// Whether this is the first time on this day that it is asked of this consultation, but for the
    /// day of the start.
    pub(super) fn is_new_day(&self, on: ConsultationId, day: i32) -> bool {
        let Ok(mut held) = self.0.lock() else {
            return false;
        };
        held.1.insert(on, day).is_some_and(|before| before != day)
    }
}

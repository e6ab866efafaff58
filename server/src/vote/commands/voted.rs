//! The consultations whose votes are to be shuffled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use domain::ids::ConsultationId;

/// The consultations in which people voted, or wrote a statement, since their rows were shuffled. They
/// are added inside the write: whoever voted may have gone before it is answered. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Voted(Arc<Mutex<Pending>>);

#[derive(Debug, Default)]
struct Pending {
    on: BTreeSet<ConsultationId>,
    /// The day on which it was last asked of each.
    asked: BTreeMap<ConsultationId, i32>,
}

impl Voted {
    /// The rows of this consultation are to be shuffled.
    pub fn add(&self, on: ConsultationId) {
        if let Ok(mut held) = self.0.lock() {
            held.on.insert(on);
        }
    }

    /// Every one that is pending, none of which is any more.
    pub(super) fn take(&self) -> BTreeSet<ConsultationId> {
        self.0
            .lock()
            .map(|mut held| std::mem::take(&mut held.on))
            .unwrap_or_default()
    }

    /// Whether this is the first time on this day that it is asked of this consultation, but for the
    /// day of the start.
    pub(super) fn is_new_day(&self, on: ConsultationId, day: i32) -> bool {
        let Ok(mut held) = self.0.lock() else {
            return false;
        };
        held.asked
            .insert(on, day)
            .is_some_and(|before| before != day)
    }
}

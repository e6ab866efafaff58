//! What people think of each consultation, kept in memory, and the right to work it out.
//!
//! Invariant: one works on a consultation at a time, and nobody waits for it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

use domain::ids::ConsultationId;
use domain::vote::opinion::{Analysis, Picture, Warm, Weighed};

/// What the people of one consultation think, as it was worked out.
#[derive(Debug)]
pub struct Opinion {
    /// The version of the votes.
    pub version: i64,
    /// The columns.
    pub statements: Vec<i64>,
    /// People with votes.
    pub participants: usize,
    /// Votes.
    pub votes: usize,
    /// What was found, without where each person stands.
    pub analysis: Analysis,
    /// The picture of the groups.
    pub picture: Option<Picture>,
    /// What the next statement is drawn from.
    pub weighed: Vec<Weighed>,
    /// From where the next analysis starts.
    pub(super) warm: Warm,
    /// When it was worked out.
    pub(super) at: Instant,
    /// How long that took.
    pub(super) took: Duration,
}

/// What people think, by consultation.
#[derive(Debug, Default)]
pub struct Opinions {
    kept: RwLock<HashMap<ConsultationId, Arc<Opinion>>>,
    /// The consultations that are being worked on.
    working: Mutex<HashSet<ConsultationId>>,
}

/// The right to work on one consultation, given back when it is dropped.
pub(super) struct Working<'a> {
    on: ConsultationId,
    all: &'a Mutex<HashSet<ConsultationId>>,
}

impl Drop for Working<'_> {
    fn drop(&mut self) {
        if let Ok(mut all) = self.all.lock() {
            all.remove(&self.on);
        }
    }
}

impl Opinions {
    /// What was worked out last of this consultation.
    pub(super) fn latest(&self, id: ConsultationId) -> Option<Arc<Opinion>> {
        self.kept.read().ok()?.get(&id).cloned()
    }

    /// The right to work on this consultation; nothing while somebody does.
    pub(super) fn begin(&self, on: ConsultationId) -> Option<Working<'_>> {
        let all = &self.working;
        // Made only where it is given: one that is dropped at once would end somebody else's work, and
        // wait for the lock that is still held here.
        let free = all.lock().ok()?.insert(on);
        free.then(|| Working { on, all })
    }

    /// Keeps what was worked out of this consultation.
    pub(super) fn keep(&self, id: ConsultationId, kept: Arc<Opinion>) {
        if let Ok(mut all) = self.kept.write() {
            all.insert(id, kept);
        }
    }

    /// What the next statement is drawn from, as last worked out.
    pub fn weighed(&self, id: ConsultationId) -> Vec<Weighed> {
        self.latest(id)
            .map(|latest| latest.weighed.clone())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_works_on_a_consultation_at_a_time_and_nobody_waits_for_another_one() {
        let opinions = Opinions::default();
        let first = opinions.begin(ConsultationId(1));
        assert!(first.is_some());
        assert!(opinions.begin(ConsultationId(1)).is_none());
        assert!(opinions.begin(ConsultationId(2)).is_some());
        drop(first);
        assert!(opinions.begin(ConsultationId(1)).is_some());
    }
}

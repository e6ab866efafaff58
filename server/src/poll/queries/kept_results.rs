//! Counts of polls in memory, by the hash of what was counted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use domain::poll::Counted;

/// The most results kept in memory.
const MOST_KEPT: usize = 64;

/// A count without and, where ballots were set aside, with them.
#[derive(Debug, Default, PartialEq)]
pub struct Working {
    /// The result.
    pub counted: Option<Counted>,
    /// The result with every ballot.
    pub with_all: Option<Counted>,
}

/// Counts by the hash of the list they were made from.
#[derive(Default)]
pub struct Results(Mutex<HashMap<String, Arc<Working>>>);

impl Results {
    /// The count of the list of this hash, if it is kept.
    pub(super) fn get(&self, key: &str) -> Option<Arc<Working>> {
        self.0.lock().ok()?.get(key).cloned()
    }

    /// Keeps the count of the list of this hash.
    pub(super) fn put(&self, key: String, working: &Arc<Working>) {
        if let Ok(mut kept) = self.0.lock() {
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            kept.insert(key, Arc::clone(working));
        }
    }
}

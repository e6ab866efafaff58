//! Room in memory for forms that are larger than an ordinary one: those with files, and those of long
//! questionnaires. There are few at a time, however many are sent.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::bounds::ORDINARY;

/// How many there are at a time, 12 MB each at most: those of whoever is signed in, who wait for nobody
/// else, and those of others.
static OF_STAFF: Semaphore = Semaphore::const_new(8);
static OF_OTHERS: Semaphore = Semaphore::const_new(8);
/// How long one waits for its turn.
const WAITS: Duration = Duration::from_secs(10);

/// What one form takes, given back with the last of its clones.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    of_staff: bool,
    taken: usize,
    large: Option<Arc<SemaphorePermit<'static>>>,
    refused: bool,
}

impl Room {
    /// For a form of somebody who is signed in, or is not.
    pub fn new(signed_in: bool) -> Self {
        Self {
            of_staff: signed_in,
            ..Self::default()
        }
    }

    /// Takes so many bytes more; false where there is no room for them.
    pub async fn take(&mut self, bytes: usize) -> bool {
        self.take_within(bytes, WAITS).await
    }

    async fn take_within(&mut self, bytes: usize, waits: Duration) -> bool {
        // Nothing behind a hole, so that what is kept is a beginning.
        if self.refused {
            return false;
        }
        let taken = self.taken + bytes;
        if taken > ORDINARY.sent() && self.large.is_none() {
            let places = if self.of_staff { &OF_STAFF } else { &OF_OTHERS };
            if let Ok(Ok(permit)) = timeout(waits, places.acquire()).await {
                self.large = Some(Arc::new(permit));
            } else {
                self.refused = true;
                return false;
            }
        }
        self.taken = taken;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORTLY: Duration = Duration::from_millis(10);

    #[tokio::test]
    async fn eight_large_forms_are_held_at_a_time_and_ordinary_ones_beside_them() {
        let large = ORDINARY.sent() + 1;
        let mut held = Vec::new();
        for _ in 0..8 {
            let mut one = Room::default();
            assert!(one.take(large).await && one.take(1_000_000).await);
            held.push(one);
        }
        let mut of_staff = Room::new(true);
        assert!(of_staff.take_within(large, SHORTLY).await);
        let mut ninth = Room::default();
        assert!(ninth.take(1_000).await, "as much as an ordinary one");
        assert!(!ninth.take_within(large, SHORTLY).await);
        assert!(!ninth.take(1_000).await, "nothing behind a hole");
        let copy = held.pop();
        let again = copy.clone();
        drop(copy);
        assert!(
            !Room::default().take_within(large, SHORTLY).await,
            "a copy is still there"
        );
        drop(again);
        assert!(Room::default().take_within(large, SHORTLY).await);
    }
}

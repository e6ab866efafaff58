//! The ledger of what can be said again in its own place: what was last acknowledged, and what was sent
//! after that and not answered.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What was said of one thing.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    pub promised: Option<T>,
    /// What was sent after that and not answered.
    pub intended: Vec<T>,
}

impl<T: Copy> Entry<T> {
    /// What may be stored of it: nothing only where nothing was acknowledged.
    pub fn permitted(&self) -> impl Iterator<Item = Option<T>> {
        let intended = self.intended.iter().copied().map(Some);
        std::iter::once(self.promised).chain(intended)
    }
}

/// All of it, by what it is said of; and who is at each client when a round ends.
pub struct Entries<K, T, At> {
    all: Arc<Mutex<BTreeMap<K, Entry<T>>>>,
    clients: Arc<Mutex<BTreeMap<usize, At>>>,
}

impl<K, T, At> Clone for Entries<K, T, At> {
    fn clone(&self) -> Self {
        Self {
            all: Arc::clone(&self.all),
            clients: Arc::clone(&self.clients),
        }
    }
}

impl<K, T, At> Default for Entries<K, T, At> {
    fn default() -> Self {
        Self {
            all: Arc::default(),
            clients: Arc::default(),
        }
    }
}

impl<K: Ord + Clone, T: Copy, At: Default> Entries<K, T, At> {
    /// Written down before it is sent.
    pub fn intend(&self, key: &K, said: T) {
        let mut all = self.all.lock().expect("a lock");
        let entry = all.entry(key.clone()).or_insert(Entry {
            promised: None,
            intended: Vec::new(),
        });
        entry.intended.push(said);
    }

    /// Written down when it is acknowledged.
    pub fn promise(&self, key: &K, said: T) {
        let mut all = self.all.lock().expect("a lock");
        let entry = all.get_mut(key).expect("intended");
        entry.promised = Some(said);
        entry.intended.clear();
    }

    pub fn all(&self) -> BTreeMap<K, Entry<T>> {
        self.all.lock().expect("a lock").clone()
    }

    /// Of how many something was acknowledged.
    pub fn promised(&self) -> usize {
        let all = self.all();
        all.values()
            .filter(|entry| entry.promised.is_some())
            .count()
    }

    /// Who was at this client in the round before; somebody new where nobody was.
    pub fn resume(&self, client: usize) -> At {
        let before = self.clients.lock().expect("a lock").remove(&client);
        before.unwrap_or_default()
    }

    /// They go on in the next round.
    pub fn pause(&self, client: usize, at: At) {
        self.clients.lock().expect("a lock").insert(client, at);
    }
}

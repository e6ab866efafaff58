//! Pages by their addresses, as many as there is room for.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;

/// The most pages that are kept.
pub const MOST_ENTRIES: usize = 2_000;
/// The most bytes of them, packed and not.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// A page as it was rendered.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its bytes.
    pub body: Bytes,
    /// The same packed with brotli; empty where that was not worth it.
    pub brotli: Bytes,
    /// Its media type.
    pub kind: String,
    /// What its tags are made of.
    pub digest: String,
}

/// A page, and when it was last asked for: a number that only grows.
#[derive(Debug)]
struct KeptPage {
    entry: Arc<Entry>,
    asked: AtomicU64,
}

/// The pages.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pages: HashMap<String, KeptPage>,
    bytes: usize,
    asked: AtomicU64,
}

fn size(key: &str, entry: &Entry) -> usize {
    key.len() + entry.body.len() + entry.brotli.len()
}

impl Kept {
    fn now(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::Relaxed)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// The page of this key, if it is kept.
    pub fn get(&self, key: &str) -> Option<Arc<Entry>> {
        let page = self.pages.get(key)?;
        page.asked.store(self.now(), Ordering::Relaxed);
        Some(Arc::clone(&page.entry))
    }

    /// Keeps a page; those that were asked for longest ago give way to it. One that alone is too
    /// large is not kept.
    pub fn insert(&mut self, key: String, entry: Arc<Entry>) {
        self.remove(&key);
        let size = size(&key, &entry);
        if size > MOST_BYTES {
            return;
        }
        while self.pages.len() >= MOST_ENTRIES || self.bytes + size > MOST_BYTES {
            let oldest = self
                .pages
                .iter()
                .min_by_key(|(_, page)| page.asked.load(Ordering::Relaxed))
                .map(|(key, _)| key.clone());
            match oldest {
                Some(key) => self.remove(&key),
                None => return,
            }
        }
        self.bytes += size;
        let asked = AtomicU64::new(self.now());
        self.pages.insert(key, KeptPage { entry, asked });
    }

    fn remove(&mut self, key: &str) {
        if let Some(page) = self.pages.remove(key) {
            self.bytes -= size(key, &page.entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(bytes: usize) -> Arc<Entry> {
        Arc::new(Entry {
            body: Bytes::from(vec![b'a'; bytes]),
            brotli: Bytes::new(),
            kind: String::new(),
            digest: String::new(),
        })
    }

    #[test]
    fn a_page_that_people_ask_for_stays_while_others_come_and_go() {
        let mut kept = Kept::default();
        kept.insert("/".to_owned(), page(10));
        for other in 0..MOST_ENTRIES * 2 {
            kept.insert(format!("/?q={other}"), page(10));
            assert!(kept.get("/").is_some(), "{other}");
        }
        assert_eq!(kept.pages.len(), MOST_ENTRIES);
        assert!(kept.get("/?q=0").is_none(), "the oldest is gone");
        let last = format!("/?q={}", MOST_ENTRIES * 2 - 1);
        assert!(kept.get(&last).is_some(), "the newest is there");
    }

    #[test]
    fn pages_take_no_more_room_than_there_is() {
        let mut kept = Kept::default();
        for other in 0..200 {
            kept.insert(format!("/?q={other}"), page(MOST_BYTES / 50));
            assert!(kept.bytes <= MOST_BYTES, "{}", kept.bytes);
        }
        assert!(kept.pages.len() >= 40);
        kept.insert("/large".to_owned(), page(MOST_BYTES + 1));
        assert!(kept.get("/large").is_none());
        kept.insert("/same".to_owned(), page(10));
        let before = kept.bytes;
        kept.insert("/same".to_owned(), page(20));
        assert_eq!(kept.bytes, before + 10);
        let all = kept.pages.iter().map(|(key, page)| size(key, &page.entry));
        assert_eq!(kept.bytes, all.sum::<usize>());
    }
}

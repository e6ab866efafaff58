//! Rendered public pages in memory, with the version of what they show.
//!
//! Invariant: an entry is dropped when the public version changes, or when the clock alone changes a
//! page. Never more than [`MOST_ENTRIES`] pages or [`MOST_BYTES`]: the one that was asked for longest
//! ago gives way. Deliberately not here: requests and answers (`http::cache`).

mod kept;

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, RwLock};

use domain::calendar::next_uk_midnight;
use jiff::Timestamp;
use sea_orm::DbErr;

use crate::consultation::rows::timetable;
use crate::db::Db;
use crate::record::site;

use kept::Kept;
pub use kept::{Entry, MOST_BYTES, MOST_ENTRIES};

const LOOK_AGAIN_AFTER_MILLIS: i64 = 500;

/// What the pages in the cache were rendered from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Version {
    public: i64,
    boundary: i64,
}

/// The cache.
#[derive(Default)]
pub struct PageCache {
    entries: RwLock<(Version, Kept)>,
    looked_at: AtomicI64,
    stale: AtomicBool,
    demonstration: AtomicI64,
}

impl PageCache {
    /// Says that something was written here: the next reader asks the database again.
    pub fn expire(&self) {
        self.stale.store(true, Ordering::Release);
    }

    /// Whether the site is a demonstration, once known.
    pub fn is_demonstration(&self) -> Option<bool> {
        match self.demonstration.load(Ordering::Relaxed) {
            1 => Some(false),
            2 => Some(true),
            _ => None,
        }
    }

    /// How many pages are kept.
    pub fn kept(&self) -> usize {
        self.entries.read().map_or(0, |held| held.1.len())
    }

    /// The page of this key, if it is kept.
    pub fn get(&self, key: &str) -> Option<Arc<Entry>> {
        self.entries.read().ok()?.1.get(key)
    }

    /// Keeps a page that was rendered from this version, unless it is out of date already.
    pub fn put(&self, version: Version, key: String, entry: Arc<Entry>) {
        if let Ok(mut held) = self.entries.write()
            && held.0 == version
        {
            held.1.insert(key, entry);
        }
    }

    /// The version of what is public now; whatever was rendered from another is dropped.
    pub async fn version(&self, db: &Db, now: Timestamp) -> Result<Version, DbErr> {
        let millis = now.as_millisecond();
        let held = self.entries.read().map(|held| held.0).unwrap_or_default();
        let fresh = millis.abs_diff(self.looked_at.load(Ordering::Relaxed))
            < LOOK_AGAIN_AFTER_MILLIS as u64;
        if fresh && millis < held.boundary && !self.stale.swap(false, Ordering::AcqRel) {
            return Ok(held);
        }
        let (public, demonstration) = site::state(db.read()).await?;
        self.demonstration
            .store(if demonstration { 2 } else { 1 }, Ordering::Relaxed);
        let version = if public == held.public && millis < held.boundary {
            held
        } else {
            Version {
                public,
                boundary: next_boundary(db, now).await?,
            }
        };
        if version != held
            && let Ok(mut entries) = self.entries.write()
        {
            *entries = (version, Kept::default());
        }
        self.looked_at.store(millis, Ordering::Relaxed);
        Ok(version)
    }
}

/// The next moment at which a public page changes by the clock alone: midnight in the United
/// Kingdom, or the opening or closing of a consultation.
async fn next_boundary(db: &Db, now: Timestamp) -> Result<i64, DbErr> {
    let midnight = next_uk_midnight(now).as_millisecond();
    Ok(match timetable::next_change(db.read(), now).await? {
        Some(change) => midnight.min(change),
        None => midnight,
    })
}

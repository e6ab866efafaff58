//! `create`, `save`, `load`, `delete` of the session layer, on the rows of `account`.
//!
//! Invariant: only `create` adds a row; `save` changes one that is there. A session that was ended
//! while a request was under way stays ended when that request saves it.

use std::collections::HashMap;

use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use crate::account::rows::sessions::{self, StoredSession};
use crate::clock::Clock;
use crate::db::Db;

/// The key under which a session keeps who is signed in.
pub const PERSON: &str = "person";
/// The key under which a session keeps the mark of the password it was opened with.
pub const MARK: &str = "mark";
/// The key under which a session keeps the hour in which it was last used, so that use keeps it
/// alive without a write at each request.
pub const SEEN: &str = "seen";

/// Sessions as rows.
#[derive(Clone, Debug)]
pub struct Store {
    db: Db,
    clock: Clock,
}

impl Store {
    /// A store in this database.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    fn stored(&self, record: &Record) -> Result<StoredSession> {
        let data = serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))?;
        Ok(StoredSession {
            data,
            person: record.data.get(PERSON).and_then(serde_json::Value::as_i64),
            // By our clock, which tests move, rather than by the record's.
            expires_at: self.clock.now().as_millisecond() + super::IDLE_HOURS * 3_600_000,
        })
    }

    async fn insert(&self, record: &Record) -> Result<bool> {
        let stored = self.stored(record)?;
        let tx = self.db.begin().await.map_err(backend)?;
        let id = record.id.to_string();
        let added = sessions::insert(&tx, &id, stored).await.map_err(backend)?;
        tx.commit().await.map_err(backend)?;
        Ok(added)
    }

    async fn update(&self, record: &Record) -> Result<()> {
        let stored = self.stored(record)?;
        let tx = self.db.begin().await.map_err(backend)?;
        let id = record.id.to_string();
        sessions::update(&tx, &id, stored).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}

fn backend(error: sea_orm::DbErr) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait::async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.insert(record).await? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        // Nothing but the hour of use is saved into a session that is there: who is signed in reads
        // on where nothing can be written, and the next request tries again.
        if let Err(error) = self.update(record).await {
            tracing::warn!(%error, "the hour of use of a session was not noted");
        }
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = sessions::find(self.db.read(), &id.to_string(), self.clock.now()).await;
        let Some(stored) = found.map_err(backend)? else {
            return Ok(None);
        };
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&stored.data).map_err(|e| Error::Decode(e.to_string()))?;
        let expiry_date = time::OffsetDateTime::from_unix_timestamp(stored.expires_at / 1000)
            .map_err(|e| Error::Decode(e.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let tx = self.db.begin().await.map_err(backend)?;
        let id = id.to_string();
        sessions::delete(&tx, &id).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}

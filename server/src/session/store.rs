//! `create`, `save`, `load`, `delete` on sea-orm.
//!
//! Invariant: the row holds the SHA-256 of the session id, never the id itself.

use std::collections::HashMap;

use entity::session;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use crate::clock::Clock;
use crate::db::Db;
use crate::secret;

/// The key under which a session keeps who is signed in.
pub const PERSON: &str = "person";
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

    fn row(&self, record: &Record) -> Result<session::ActiveModel> {
        let data = serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))?;
        Ok(session::ActiveModel {
            id: Set(secret::hash(&record.id.to_string())),
            data: Set(data),
            person_id: Set(record.data.get(PERSON).and_then(serde_json::Value::as_i64)),
            // By our clock, which tests move, rather than by the record's.
            expires_at: Set(self.clock.now().as_millisecond() + super::IDLE_HOURS * 3_600_000),
        })
    }

    async fn write(&self, record: &Record, conflict: OnConflict) -> Result<u64> {
        let row = self.row(record)?;
        let tx = self.db.begin().await.map_err(backend)?;
        let rows = session::Entity::insert(row)
            .on_conflict(conflict)
            .exec_without_returning(&tx)
            .await
            .map_err(backend)?;
        tx.commit().await.map_err(backend)?;
        Ok(rows)
    }
}

fn backend(error: sea_orm::DbErr) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait::async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let nothing = OnConflict::column(session::Column::Id)
                .do_nothing()
                .to_owned();
            if self.write(record, nothing).await? == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let update = OnConflict::column(session::Column::Id)
            .update_columns([
                session::Column::Data,
                session::Column::PersonId,
                session::Column::ExpiresAt,
            ])
            .to_owned();
        // Nothing but the hour of use is saved into a session that is there: who is signed in reads
        // on where nothing can be written, and the next request tries again.
        if let Err(error) = self.write(record, update).await {
            tracing::warn!(%error, "the hour of use of a session was not noted");
        }
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.clock.now().as_millisecond();
        let Some(row) = session::Entity::find_by_id(secret::hash(&id.to_string()))
            .filter(session::Column::ExpiresAt.gt(now))
            .one(self.db.read())
            .await
            .map_err(backend)?
        else {
            return Ok(None);
        };
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&row.data).map_err(|e| Error::Decode(e.to_string()))?;
        let expiry_date = time::OffsetDateTime::from_unix_timestamp(row.expires_at / 1000)
            .map_err(|e| Error::Decode(e.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let tx = self.db.begin().await.map_err(backend)?;
        session::Entity::delete_by_id(secret::hash(&id.to_string()))
            .exec(&tx)
            .await
            .map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}

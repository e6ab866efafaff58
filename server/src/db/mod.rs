//! The database: a pool that reads and one that writes.
//!
//! Invariant: on SQLite there is one writing connection, WAL, `synchronous=FULL` and foreign keys
//! on, so an acknowledged commit is on the disk and no writer meets another.

pub mod fault;
pub mod gather;
mod schema;
mod stored;
pub mod traces;
mod tx;
pub mod writer;

pub use schema::migrate;
pub use stored::{count, moment, moment_if, stored, there};
pub use tx::{Gate, Point, Tx};
pub use writer::{Order, Savepoint, WriteRefused, Writer, Written};

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::private;

/// A handle on the database.
#[derive(Clone, Debug)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    gate: Option<Arc<dyn Gate>>,
}

/// SQLite before this version has a race in its write-ahead log (3.51.3 release notes).
const SQLITE_AT_LEAST: (u32, u32, u32) = (3, 51, 3);

/// How long a connection to SQLite waits for what another one holds.
const BUSY: Duration = Duration::from_secs(10);

impl Db {
    /// Opens the database of this URL; an SQLite file is made where it is missing.
    ///
    /// # Errors
    /// Where it can't be opened, or SQLite is too old.
    pub async fn open(url: &str) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(12)
                .acquire_timeout(Duration::from_secs(5))
                .test_before_acquire(true)
                .sqlx_logging(false);
            let read = Database::connect(options).await?;
            Ok(Self {
                write: read.clone(),
                read,
                gate: None,
            })
        }
    }

    async fn open_sqlite(url: &str) -> Result<Self, DbErr> {
        if let Some(path) = sqlite_file(url) {
            // SQLite gives what it makes beside a database the same owner and the same mode.
            private::create_missing_file(&path)
                .map_err(|error| DbErr::Custom(format!("{}: {error}", path.display())))?;
        }
        // Votes and ballots land on any page of their tables, by design: the one connection that writes
        // keeps more of them at hand. Both grow only as they are used.
        let options = |connections: u32, cache: &'static str| {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(connections)
                .min_connections(1)
                .acquire_timeout(Duration::from_secs(10))
                .idle_timeout(None::<Duration>)
                .max_lifetime(None::<Duration>)
                .test_before_acquire(false)
                .sqlx_logging(false)
                .map_sqlx_sqlite_opts(move |sqlite| {
                    sqlite
                        .create_if_missing(true)
                        .journal_mode(SqliteJournalMode::Wal)
                        .synchronous(SqliteSynchronous::Full)
                        .foreign_keys(true)
                        .busy_timeout(BUSY)
                        .statement_cache_capacity(256)
                        .pragma("cache_size", cache)
                        // What is deleted is overwritten, in pages that become free too: FAST, which
                        // writes less, leaves these as they were.
                        .pragma("secure_delete", "ON")
                        .pragma("temp_store", "MEMORY")
                        .optimize_on_close(true, None)
                });
            options
        };
        let mut writing = options(1, "-65536");
        // After an error of the disk SQLite rolls back by itself, which the driver does not see:
        // it would hold a transaction open for ever. Such a connection is not used again.
        writing.map_sqlx_sqlite_pool_opts(|pool| {
            pool.after_release(|connection, _| {
                Box::pin(async move {
                    connection.ping().await?;
                    Ok(!connection.is_in_transaction())
                })
            })
        });
        let write = Database::connect(writing).await?;
        let version = write
            .query_one_raw(Statement::from_string(
                DbBackend::Sqlite,
                "SELECT sqlite_version() AS version",
            ))
            .await?
            .map(|row| row.try_get::<String>("", "version"))
            .transpose()?
            .unwrap_or_default();
        let mut parts = version
            .split('.')
            .map(|part| part.parse::<u32>().unwrap_or(0));
        let mut next = || parts.next().unwrap_or(0);
        if (next(), next(), next()) < SQLITE_AT_LEAST {
            return Err(DbErr::Custom(format!("SQLite {version} is too old")));
        }
        let read = Database::connect(options(4, "-8192")).await?;
        Ok(Self {
            read,
            write,
            gate: None,
        })
    }

    /// For reading.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Begins a transaction that may write. On SQLite it holds the one write lock at once.
    ///
    /// # Errors
    /// Where no connection can be had.
    pub async fn begin(&self) -> Result<Tx, DbErr> {
        let inner = self
            .write
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await?;
        let tx = Tx::new(inner, self.gate.clone());
        tx.reach(Point::Begun).await;
        Ok(tx)
    }

    /// The same database with its transactions held at their points by this gate. For tests of what
    /// two people do at the same time.
    #[must_use]
    pub fn gated(mut self, gate: Arc<dyn Gate>) -> Self {
        self.gate = Some(gate);
        self
    }

    /// The connection that writes, for migrations.
    pub fn writing(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Which database it is.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Whether it is SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.backend() == DbBackend::Sqlite
    }

    /// Closes every connection.
    pub async fn close(&self) {
        let _ = self.read.close_by_ref().await;
        let _ = self.write.close_by_ref().await;
    }
}

/// The file of an SQLite database; none for one in memory, and for another kind.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let options = SqliteConnectOptions::from_str(url).ok()?;
    let memory = url.contains(":memory:") || url.contains("mode=memory");
    (url.starts_with("sqlite:") && !memory).then(|| options.get_filename().to_owned())
}

/// A statement in the dialect of the database: `?` stands for a value in the SQL given.
///
/// Only for reads and bulk writes that the query builder can't say; SQL never leaves this crate.
pub fn sql<V: Into<sea_orm::Value>>(
    backend: DbBackend,
    text: &str,
    values: impl IntoIterator<Item = V>,
) -> Statement {
    let values: Vec<sea_orm::Value> = values.into_iter().map(Into::into).collect();
    if backend == DbBackend::Postgres {
        let mut numbered = String::with_capacity(text.len() + values.len() * 2);
        let mut n = 0;
        for c in text.chars() {
            if c == '?' {
                n += 1;
                numbered.push('$');
                numbered.push_str(&n.to_string());
            } else {
                numbered.push(c);
            }
        }
        Statement::from_sql_and_values(backend, numbered, values)
    } else {
        Statement::from_sql_and_values(backend, text, values)
    }
}

/// SQL for a fresh id as [`crate::secret::random_id`] gives it, another one in each row.
pub fn random_id(backend: DbBackend) -> String {
    let chance = if backend == DbBackend::Postgres {
        "('x' || substr(md5(CAST(gen_random_uuid() AS TEXT)), 1, 13))::bit(52)::bigint"
    } else {
        "abs(random() % 4503599627370496)"
    };
    format!("{} + {chance}", crate::secret::RANDOM_IDS)
}

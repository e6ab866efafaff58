//! What every handler shares.

use std::ops::Deref;
use std::sync::Arc;

use crate::account::password::Hasher;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::http::{Limits, PageCache};
use crate::mail::Mailer;
use crate::poll::results::Results;
use crate::poll::service::Unsettled;
use crate::response::Questionnaires;
use crate::vote::gather::Gatherer;
use crate::vote::opinion::Opinions;

// Every slice reaches the writer here, on the application, and so names no other slice for it.
pub use crate::response::{WriteRefused, Writer};

/// The running application. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// Its parts.
pub struct Inner {
    /// Checked configuration.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Mail.
    pub mail: Mailer,
    /// Rendered public pages.
    pub pages: PageCache,
    /// Rate limits.
    pub limits: Limits,
    /// Password hashing with a bounded number at a time.
    pub hasher: Hasher,
    /// The group-commit writer of responses and votes.
    pub writer: Writer,
    /// Votes on their way to the writer.
    pub votes: Gatherer,
    /// What people think, as last worked out.
    pub opinions: Opinions,
    /// Published questionnaires in memory.
    pub questionnaires: Questionnaires,
    /// Counts of polls in memory.
    pub results: Results,
    /// Polls whose papers are to be laid anew.
    pub unsettled: Unsettled,
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Puts the parts together and starts the writer.
    ///
    /// # Errors
    /// Where mail can't be set up as configured.
    pub fn new(config: Config, db: Db, clock: Clock) -> Result<Self, crate::config::ConfigRefused> {
        let mail = Mailer::new(&config)?;
        let hasher = Hasher::new(config.argon2);
        let writer = Writer::start(db.clone());
        let votes = Gatherer::start(writer.clone());
        let limits = Limits::new();
        let pages = PageCache::default();
        Ok(Self(Arc::new(Inner {
            config,
            db,
            clock,
            mail,
            pages,
            limits,
            hasher,
            writer,
            votes,
            opinions: Opinions::default(),
            questionnaires: Questionnaires::default(),
            results: Results::default(),
            unsettled: Unsettled::default(),
        })))
    }
}

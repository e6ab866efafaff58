//! What every handler shares.

use std::ops::Deref;
use std::sync::Arc;

use crate::account::password::Hasher;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Writer};
use crate::limits::Limits;
use crate::mail::Mailer;
use crate::page_cache::PageCache;
use crate::poll::commands::PendingShuffles;
use crate::poll::queries::kept_results::Results;
use crate::poll::signs::Signs;
use crate::response::Questionnaires;
use crate::response::commands::response_writer::{self, ResponseWriter};
use crate::vote::commands::Voted;
use crate::vote::commands::vote_writer::{self, VoteWriter};
use crate::vote::queries::opinions::Opinions;
use crate::vote::source::DayKey;

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
    /// The group-commit writer.
    pub writer: Writer,
    /// Responses on their way to the writer.
    pub responses: ResponseWriter,
    /// Votes on their way to the writer.
    pub votes: VoteWriter,
    /// What people think, as last worked out.
    pub opinions: Opinions,
    /// Published questionnaires in memory.
    pub questionnaires: Questionnaires,
    /// Counts of polls in memory.
    pub results: Results,
    /// Where the ballots of open polls came from.
    pub signs: Signs,
    /// By which the networks of votes on statements are marked today.
    pub day_key: DayKey,
    /// Consultations whose votes and statements are to be shuffled.
    pub voted: Voted,
    /// Polls whose rows are to be shuffled.
    pub pending_shuffles: PendingShuffles,
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Puts the parts together and starts the writer. Keys that were just made are kept.
    ///
    /// # Errors
    /// Where mail can't be set up as configured, or a key can't be kept.
    pub fn new(
        mut config: Config,
        db: Db,
        clock: Clock,
    ) -> Result<Self, crate::config::ConfigRefused> {
        let mail = Mailer::new(&config)?;
        config.keep_keys()?;
        let hasher = Hasher::new(config.argon2);
        let writer = Writer::start(db.clone());
        let responses = response_writer::start(writer.clone());
        let votes = vote_writer::start(writer.clone());
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
            responses,
            votes,
            opinions: Opinions::default(),
            questionnaires: Questionnaires::default(),
            results: Results::default(),
            signs: Signs::default(),
            day_key: DayKey::default(),
            voted: Voted::default(),
            pending_shuffles: PendingShuffles::default(),
        })))
    }
}

//! The place in which pairs are tried, made once ([`super::town`]) and copied for each try.

use std::sync::Arc;

use domain::account::Email;
use domain::edit::{AsRead, Version};
use domain::ids::{PersonId, TeamId};
use server::App;
use server::clock::Clock;
use server::db::{Db, Gate};
use server::granted::Caller;

use super::ready::Ready;
use super::state::{Reader, State};
use super::town;
use crate::support::database::TestDatabase;
use crate::support::{TestApp, config};

/// A draft with everything in it.
pub const DRAFT: &str = "race-draft";
/// The same, waiting for somebody else.
pub const IN_REVIEW: &str = "race-in-review";
/// The same, approved.
pub const APPROVED: &str = "race-approved";
/// Open, with questions, statements, a poll of a register and one of addresses.
pub const OPEN: &str = "race-open";
/// Closed, with a theme that is whole and a poll whose ballots are not published.
pub const CLOSED: &str = "race-closed";
/// Closed, its answers published.
pub const ANSWERED: &str = "race-answered";
/// Decided, with a promise.
pub const DECIDED: &str = "race-decided";
/// For what is about no consultation.
pub const NOWHERE: &str = "no-consultation";

/// What examples are about.
pub struct Facts {
    pub officers: (Caller, Caller),
    pub approvers: (Caller, Caller),
    pub moderators: (Caller, Caller),
    pub administrators: (Caller, Caller),
    pub neighbourhood: (Caller, Caller),
    pub planning: TeamId,
    pub democratic: TeamId,
    pub invited: PersonId,
    pub second_administrator: PersonId,
    pub first_administrator: PersonId,
    pub disabled: PersonId,
    pub council: i64,
    pub ward: String,
    pub concern: i64,
    pub area: domain::ids::AreaId,
    pub opens: jiff::Timestamp,
    pub closes: jiff::Timestamp,
    pub today: jiff::civil::Date,
    pub response_key: server::response::key::Key,
    pub open: i64,
    pub document: i64,
    pub option: i64,
    pub question: i64,
    pub seed_statement: i64,
    pub open_statement: i64,
    pub held_answer: i64,
    pub theme: i64,
    pub promised: i64,
    /// The themes of what has closed, and of what is answered, as they were read.
    pub themes_closed: AsRead,
    pub themes_answered: AsRead,
    /// The first poll of the draft as it was read.
    pub draft_poll: AsRead,
    /// The text that waits for approval.
    pub submission: Version,
    pub poll_option: i64,
    pub ready: Ready,
}

/// The place as it was made.
pub struct World {
    base: TestDatabase,
    clock: Clock,
    facts: Arc<Facts>,
    reader: Reader,
    /// Whether a transaction that has begun keeps everybody else from writing.
    pub one_writer: bool,
}

/// A copy of it for one try.
pub struct Copy {
    pub app: App,
    pub facts: Arc<Facts>,
    database: TestDatabase,
    clock: Clock,
    reader: Reader,
}

impl World {
    pub async fn on_sqlite() -> Self {
        Self::made(TestApp::on_sqlite().await).await
    }

    pub async fn on_postgresql() -> Option<Self> {
        match TestApp::on_postgresql().await {
            Some(app) => Some(Self::made(app).await),
            None => None,
        }
    }

    async fn made(app: TestApp) -> Self {
        app.app.limits.turn_off();
        let facts = Arc::new(town::built(&app).await);
        let reader = Reader::of(&app.app.db).await;
        let one_writer = app.app.db.is_sqlite();
        let (app, base) = app.taken_apart();
        let clock = app.clock.clone();
        app.db.close().await;
        Self {
            base,
            clock,
            facts,
            reader,
            one_writer,
        }
    }

    /// A copy, its first process held at the gate.
    pub async fn copy(&self, gate: Option<Arc<dyn Gate>>) -> Copy {
        let database = self.base.copied().await;
        let db = Db::open(database.url()).await.expect("opens");
        let db = match gate {
            Some(gate) => db.gated(gate),
            None => db,
        };
        let app = App::new(config(&database), db, self.clock.clone()).expect("an application");
        app.limits.turn_off();
        Copy {
            app,
            facts: Arc::clone(&self.facts),
            database,
            clock: self.clock.clone(),
            reader: self.reader.clone(),
        }
    }

    pub async fn remove(self) {
        self.base.remove().await;
    }
}

impl Copy {
    /// What it holds.
    pub async fn state(&self) -> State {
        self.reader.state(&self.app.db).await
    }

    /// A second process on the same database; nobody holds it.
    pub async fn another(&self) -> App {
        let db = Db::open(self.database.url()).await.expect("opens");
        let app = App::new(config(&self.database), db, self.clock.clone()).expect("an application");
        app.limits.turn_off();
        app
    }

    pub async fn remove(self) {
        self.app.db.close().await;
        self.database.remove().await;
    }
}

pub(super) async fn caller(app: &TestApp, email: &str) -> Caller {
    let id = app.person(email).await;
    let member = server::account::rows::member::member(app.app.db.read(), id)
        .await
        .expect("reads")
        .expect("a member");
    Caller::member(member, app.app.clock.now())
}

/// An address of a test.
pub fn email(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

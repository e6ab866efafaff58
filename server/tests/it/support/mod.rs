//! A whole application for one test, on a database of its own, entered by the front door.
//!
//! A test arranges what it needs through use cases or HTTP, never by writing a table. Each test of
//! [`on_both!`] runs on SQLite and on PostgreSQL (`SOUNDINGS_TEST_POSTGRES`, the address of a
//! server where databases may be made). Where PostgreSQL is missing it fails under `CI` or
//! `SOUNDINGS_REQUIRE_POSTGRES`, and elsewhere says that it did not run.

#![allow(dead_code, reason = "each slice uses its own part of this")]

mod browser;
pub mod database;
mod dump;
mod page;
pub mod pictures;
pub mod routes;
mod together;

pub use browser::Browser;
pub use dump::dump;
pub use page::Page;
pub use together::together;

use axum::Router;
use domain::account::{Email, OrganisationKind, Role};
use domain::ids::{PersonId, TeamId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use server::App;
use server::account::commands::create_administrator::{CreateAdministrator, create_administrator};
use server::clock::Clock;
use server::config::Config;
use server::config::Mail;
use server::granted::Caller;
use server::mail::Letter;
use server::record::outbox::Effect;
use server::record::signing::RecordKey;
use server::secret::Secret;

use database::TestDatabase;

/// An application with its database. The people and teams of the demonstration are in it
/// (`workshop::seed::staff`), and nothing else.
pub struct TestApp {
    /// The application, for use cases and for its clock.
    pub app: App,
    router: Router,
    database: TestDatabase,
}

impl TestApp {
    /// On an SQLite file of its own.
    pub async fn on_sqlite() -> Self {
        Self::on(TestDatabase::sqlite()).await
    }

    /// On an SQLite file below this folder.
    pub async fn on_sqlite_in(above: &std::path::Path) -> Self {
        Self::on(TestDatabase::sqlite_in(above)).await
    }

    /// On a PostgreSQL database of its own; `None` where there is no server and none is required.
    pub async fn on_postgresql() -> Option<Self> {
        match TestDatabase::postgresql().await {
            Some(database) => Some(Self::on(database).await),
            None => None,
        }
    }

    async fn on(database: TestDatabase) -> Self {
        let app = App::new(
            config(&database),
            server::db::Db::open(database.url()).await.expect("opens"),
            in_the_morning(),
        )
        .expect("an application");
        server::db::migrate(&app.db).await.expect("migrates");
        workshop::seed::staff(&app).await.expect("staff");
        Self {
            router: server::router::router(&app),
            app,
            database,
        }
    }

    /// A second process on the same database, with the same clock setting as a fresh one.
    pub async fn another(&self) -> App {
        App::new(
            config(&self.database),
            server::db::Db::open(self.database.url())
                .await
                .expect("opens"),
            self.app.clock.clone(),
        )
        .expect("an application")
    }

    /// The same whose letters go another way.
    pub async fn another_sending(&self, mail: Mail) -> App {
        App::new(
            Config {
                mail,
                ..config(&self.database)
            },
            server::db::Db::open(self.database.url())
                .await
                .expect("opens"),
            self.app.clock.clone(),
        )
        .expect("an application")
    }

    /// How many entries of this kind the record has.
    pub async fn entries(&self, kind: &str) -> u64 {
        entity::audit_entry::Entity::find()
            .filter(entity::audit_entry::Column::Kind.eq(kind))
            .count(self.app.db.read())
            .await
            .expect("reads")
    }

    /// The number of the team of this name.
    pub async fn team(&self, name: &str) -> TeamId {
        let found = entity::team::Entity::find()
            .filter(entity::team::Column::Name.eq(name))
            .one(self.app.db.read())
            .await;
        TeamId(found.expect("reads").expect("a team").id)
    }

    /// An application of its own on a copy of this database, for a use case that must not be seen by
    /// the next one. SQLite only.
    pub async fn fork(&self) -> Self {
        let database = TestDatabase::sqlite();
        let file = database.folder().join("soundings.db");
        self.app
            .db
            .read()
            .execute_unprepared(&format!("VACUUM INTO '{}'", file.display()))
            .await
            .expect("a copy");
        let app = App::new(
            config(&database),
            server::db::Db::open(database.url()).await.expect("opens"),
            self.app.clock.clone(),
        )
        .expect("an application");
        Self {
            router: server::router::router(&app),
            app,
            database,
        }
    }

    /// The same browser, cookies and all, in front of this application.
    pub fn take_over(&self, browser: &Browser) -> Browser {
        let own = Browser::new(self.router.clone());
        own.steal_cookies(browser);
        own
    }

    /// The same browser, cookies and all, in front of a process on this database that can't reach it.
    pub async fn cut_off(&self, browser: &Browser) -> Browser {
        let app = self.another().await;
        app.db.close().await;
        let own = Browser::new(server::router::router(&app));
        own.steal_cookies(browser);
        own
    }

    /// A browser of somebody who is not signed in.
    pub fn anyone(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser of the first invented person whose first role this is.
    pub async fn sign_in_as(&self, role: Role) -> Browser {
        let person = workshop::seed::PEOPLE
            .iter()
            .find(|person| person.roles.first().is_some_and(|(_, held)| *held == role))
            .expect("a person with this role");
        self.sign_in(person.email).await
    }

    /// A browser of this invented person, signed in through the sign-in page.
    pub async fn sign_in(&self, email: &str) -> Browser {
        let browser = self.anyone();
        let answer = browser
            .post(
                "/sign-in",
                &[("email", email), ("password", password(email))],
            )
            .await;
        assert_eq!(answer.status, 303, "{email} signs in: {}", answer.text());
        browser
    }

    /// A browser of somebody who administers the police, as `create-admin` makes them.
    pub async fn administrator_of_the_police(&self) -> Browser {
        let email = "superintendent@police.example";
        self.administrator(email, "Demonstration Police", OrganisationKind::Police)
            .await
    }

    /// A browser of one more administrator of this organisation, as `create-admin` makes them.
    pub async fn administrator(
        &self,
        email: &str,
        organisation: &str,
        kind: OrganisationKind,
    ) -> Browser {
        let password = "superintendent heron canal";
        let command = CreateAdministrator {
            name: format!("One more ({email})"),
            email: Email::parse(email).expect("an address"),
            organisation: organisation.to_owned(),
            kind,
            team: "Administration".to_owned(),
            password: Some(password.to_owned()),
        };
        create_administrator(&self.app, &Caller::anyone(self.app.clock.now()), command)
            .await
            .expect("an administrator");
        let browser = self.anyone();
        browser
            .post("/sign-in", &[("email", email), ("password", password)])
            .await
            .expect(303);
        browser
    }

    /// The number of this invented person.
    pub async fn person(&self, email: &str) -> PersonId {
        let row = entity::person::Entity::find()
            .filter(entity::person::Column::Email.eq(email))
            .one(self.app.db.read())
            .await
            .expect("reads")
            .expect("a person with this address");
        PersonId(row.id)
    }

    /// The wards of the borough, their census profile and postcodes.
    pub async fn with_places(&self) -> &Self {
        workshop::seed::places(&self.app).await.expect("places");
        self
    }

    /// Marked as a demonstration, though there are people already, so that the workshop works on it.
    pub async fn marked(&self) -> &Self {
        workshop::marked::mark_regardless(&self.app)
            .await
            .expect("a mark");
        self
    }

    /// The whole demonstration.
    pub async fn with_demonstration(&self) -> &Self {
        self.marked().await;
        workshop::seed::demo(&self.app)
            .await
            .expect("a demonstration");
        self
    }

    /// Makes cached public pages look again at once. Another process would see a use case that was
    /// called directly within half a second; a POST needs nothing.
    pub fn fresh(&self) {
        self.app.pages.expire();
    }

    /// Releases what everybody may see of counts of people, as the jobs do, if it is due.
    pub async fn release(&self) -> usize {
        let now = self.app.clock.now();
        server::jobs::find_opinions(&self.app, now)
            .await
            .expect("worked out");
        let made = server::jobs::release_due(&self.app)
            .await
            .expect("released");
        self.fresh();
        made
    }

    /// Letters that wait to be sent, oldest first.
    pub async fn letters(&self) -> Vec<Letter> {
        entity::outbox::Entity::find()
            .filter(entity::outbox::Column::DoneAt.is_null())
            .order_by_asc(entity::outbox::Column::Id)
            .all(self.app.db.read())
            .await
            .expect("reads")
            .into_iter()
            .filter_map(|row| match serde_json::from_str(&row.payload) {
                Ok(Effect::Mail(letter)) => Some(letter),
                _ => None,
            })
            .collect()
    }

    /// The numbers of the letters that wait to be sent, oldest first.
    pub async fn letter_ids(&self) -> Vec<i64> {
        entity::outbox::Entity::find()
            .filter(entity::outbox::Column::Kind.eq("mail"))
            .filter(entity::outbox::Column::DoneAt.is_null())
            .order_by_asc(entity::outbox::Column::Id)
            .all(self.app.db.read())
            .await
            .expect("reads")
            .into_iter()
            .map(|row| row.id)
            .collect()
    }

    /// Letters that were handed over, by whatever process, in no order.
    pub fn sent(&self) -> Vec<Letter> {
        let folder = self.database.folder().join("mail");
        let files = std::fs::read_dir(folder).expect("a folder of letters");
        files
            .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a letter"))
            .map(|text| {
                // Quoted-printable, of which our letters need no more than ends of lines.
                let text = text.replace("=\r\n", "").replace("=3D", "=");
                let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
                let field = |name: &str| {
                    let line = head.lines().find_map(|line| line.strip_prefix(name));
                    line.expect("a field of the head").to_owned()
                };
                Letter::to_resident(field("To: "), field("Subject: "), body.to_owned())
            })
            .collect()
    }

    /// Carries out what waits in the outbox.
    pub async fn run_jobs(&self) {
        server::jobs::carry_out(&self.app).await.expect("jobs run");
    }

    /// Moves the clock forward. Sessions that are older than their hours end.
    pub fn later(&self, hours: i64) {
        self.app.clock.shift(hours * 3_600);
    }

    /// The application and its database, to be closed and removed one by one.
    pub fn taken_apart(self) -> (App, TestDatabase) {
        (self.app, self.database)
    }

    /// Closes the database and removes it.
    pub async fn finish(self) {
        self.app.db.close().await;
        self.database.remove().await;
    }
}

/// The password of an invented person.
pub fn password(email: &str) -> &'static str {
    workshop::seed::PEOPLE
        .iter()
        .find(|person| person.email == email)
        .expect("an invented person")
        .password
}

/// The one link of a letter, as a path of the site.
pub fn link(letter: &Letter) -> String {
    let at = letter.body.find(BASE_URL).expect("a link");
    letter.body[at + BASE_URL.len()..]
        .split_whitespace()
        .next()
        .expect("a path")
        .to_owned()
}

/// Where the application of a test believes to be.
pub const BASE_URL: &str = "http://localhost:3000";

/// A clock that says ten in the morning, the last one there was: hours later is still the same day whenever
/// the tests run, nothing that a night brings is due, and no program beside it is earlier.
fn in_the_morning() -> Clock {
    let clock = Clock::default();
    let since_ten = (clock.now().as_second() - 10 * 3_600).rem_euclid(86_400);
    clock.shift(-since_ten);
    clock
}

/// What an application of a test is told.
pub fn config(database: &TestDatabase) -> Config {
    Config {
        database_url: database.url().to_owned(),
        listen: ([127, 0, 0, 1], 3000).into(),
        base_url: BASE_URL.to_owned(),
        mail: Mail::Folder(database.folder().join("mail")),
        record_key: RecordKey::derived(&Secret::new("of the record of a test")),
        unkept: Vec::new(),
        secret: Secret::new("the secret of a test, longer than 32 characters"),
        metrics: None,
        trusted_proxies: 0,
        // The least that argon2 takes.
        argon2: (8, 1),
    }
}

/// Makes of each function a test on SQLite and one on PostgreSQL:
/// `on_both! { async fn a_sentence(app: &TestApp) { … } }`.
macro_rules! on_both {
    ($($(#[doc = $doc:literal])* async fn $name:ident($app:ident: &TestApp) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "some tests need nothing from around them")]
            use super::*;

            $(#[doc = $doc])*
            async fn check($app: &$crate::support::TestApp) $body

            #[tokio::test]
            async fn on_sqlite() {
                let app = $crate::support::TestApp::on_sqlite().await;
                check(&app).await;
                app.finish().await;
            }

            #[tokio::test]
            async fn on_postgresql() {
                if let Some(app) = $crate::support::TestApp::on_postgresql().await {
                    check(&app).await;
                    app.finish().await;
                }
            }
        }
    )*};
}

pub(crate) use on_both;

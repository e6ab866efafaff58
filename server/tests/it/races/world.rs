//! The place in which pairs are tried: the demonstration with a second person for each role, made once
//! and copied for each try.

use std::sync::Arc;

use domain::account::{Email, Role};
use domain::ids::{PersonId, TeamId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::App;
use server::account::commands::{GiveRole, give_role};
use server::clock::Clock;
use server::db::Db;
use server::granted::Caller;

use super::gate::Hold;
use crate::consultation::{APPROVER, OFFICER, whole_draft};
use crate::support::database::TestDatabase;
use crate::support::{TestApp, config};

/// A draft with everything in it.
pub const DRAFT: &str = "race-draft";
/// The same, waiting for somebody else.
pub const IN_REVIEW: &str = "race-in-review";
/// The same, approved.
pub const APPROVED: &str = "race-approved";
/// Open, with questions and statements.
pub const OPEN: &str = "station-quarter-a-brief-for-the-old-goods-yard";
/// Open, with a poll.
pub const POLLING: &str = "neighbourhood-fund-you-decide-what-we-pay-for";
/// Closed, with a theme that is whole.
pub const CLOSED: &str = "library-opening-hours";
/// Closed, its ballots not yet published.
pub const POLLED: &str = "youth-centre-what-should-it-be-for";
/// Decided, with a promise.
pub const DECIDED: &str = "a-crossing-for-priory-road";
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
    pub council: i64,
    pub ward: String,
    pub concern: i64,
    pub area: domain::ids::AreaId,
    pub opens: jiff::Timestamp,
    pub closes: jiff::Timestamp,
    pub today: jiff::civil::Date,
    pub response_key: server::response::key::Key,
    pub closed: i64,
    pub open: i64,
    pub document: i64,
    pub option: i64,
    pub question: i64,
    pub seed_statement: i64,
    pub open_statement: i64,
    pub held_answer: i64,
    pub theme: i64,
    pub promised: i64,
    pub poll_option: i64,
}

/// The place as it was made.
pub struct World {
    base: TestDatabase,
    clock: Clock,
    facts: Arc<Facts>,
}

/// A copy of it for one try.
pub struct Copy {
    pub app: App,
    pub facts: Arc<Facts>,
    database: TestDatabase,
    clock: Clock,
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
        app.with_demonstration().await;
        app.app.limits.turn_off();
        let facts = Arc::new(facts(&app).await);
        let (app, base) = app.taken_apart();
        let clock = app.clock.clone();
        app.db.close().await;
        Self { base, clock, facts }
    }

    /// A copy, its first process held at the gate.
    pub async fn copy(&self, hold: Option<Arc<Hold>>) -> Copy {
        let database = self.base.copied().await;
        let db = Db::open(database.url()).await.expect("opens");
        let db = match hold {
            Some(hold) => db.gated(hold),
            None => db,
        };
        let app = App::new(config(&database), db, self.clock.clone()).expect("an application");
        app.limits.turn_off();
        Copy {
            app,
            facts: Arc::clone(&self.facts),
            database,
            clock: self.clock.clone(),
        }
    }

    pub async fn remove(self) {
        self.base.remove().await;
    }
}

impl Copy {
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

async fn caller(app: &TestApp, email: &str) -> Caller {
    let id = app.person(email).await;
    let member = server::account::rows::member::member(app.app.db.read(), id)
        .await
        .expect("reads")
        .expect("a member");
    Caller::member(member, app.app.clock.now())
}

async fn give(app: &TestApp, by: &str, to: &str, team: TeamId, role: Role) {
    let command = GiveRole {
        person: app.person(to).await,
        team,
        role,
    };
    give_role(&app.app, &caller(app, by).await, command)
        .await
        .expect("a role");
}

/// Gives each role to a second person, makes drafts of each stage, and finds what examples are about.
async fn facts(app: &TestApp) -> Facts {
    const ADMINISTRATOR: &str = "administrator@council.example";
    let officer = caller(app, OFFICER).await;
    let teams = officer
        .actor
        .member()
        .expect("staff")
        .teams_as(Role::Officer);
    let planning = *teams.first().expect("a team");
    for team in &teams {
        give(
            app,
            ADMINISTRATOR,
            "design@council.example",
            *team,
            Role::Officer,
        )
        .await;
        give(
            app,
            ADMINISTRATOR,
            "councillor@council.example",
            *team,
            Role::Approver,
        )
        .await;
        give(
            app,
            ADMINISTRATOR,
            "analyst@council.example",
            *team,
            Role::Moderator,
        )
        .await;
    }
    let first = caller(app, ADMINISTRATOR).await;
    let democratic = *first
        .actor
        .member()
        .expect("staff")
        .teams_as(Role::Administrator)
        .first()
        .expect("a team");
    give(
        app,
        ADMINISTRATOR,
        "auditor@council.example",
        democratic,
        Role::Administrator,
    )
    .await;
    let browser = app.sign_in(OFFICER).await;
    for title in ["Race draft", "Race in review", "Race approved"] {
        let slug = whole_draft(app, &browser, title).await;
        let at = |step: &str| format!("/desk/consultations/{slug}/{step}");
        if title != "Race draft" {
            browser.post(&at("submit"), &[]).await.expect(303);
        }
        if title == "Race approved" {
            let approver = app.sign_in(APPROVER).await;
            approver.post(&at("approve"), &[]).await.expect(303);
        }
    }
    let administrator = app.sign_in(ADMINISTRATOR).await;
    let form = administrator.get("/desk/people/invite").await.expect(200);
    let team = planning.to_string();
    let new = [
        ("name", "Nia Rowe"),
        ("email", "nia@council.example"),
        ("team", team.as_str()),
        ("role", "analyst"),
    ];
    administrator
        .submit(&form, "main form", &new)
        .await
        .expect(303);
    prepared(app).await;
    let db = app.app.db.read();
    let id_of = async |slug: &str| {
        entity::consultation::Entity::find()
            .filter(entity::consultation::Column::Slug.eq(slug))
            .one(db)
            .await
            .expect("reads")
            .expect("a consultation")
            .id
    };
    let draft = id_of(DRAFT).await;
    let open = id_of(OPEN).await;
    let closed = id_of(CLOSED).await;
    let decided = id_of(DECIDED).await;
    let one = |found: Option<i64>, what: &str| found.unwrap_or_else(|| panic!("no {what}"));
    macro_rules! first {
        ($table:ident, $what:literal, $($filter:expr),*) => {
            one(
                entity::$table::Entity::find()
                    $(.filter($filter))*
                    .order_by_asc(entity::$table::Column::Id)
                    .one(db)
                    .await
                    .expect("reads")
                    .map(|row| row.id),
                $what,
            )
        };
    }
    let concern = entity::concern::Entity::find()
        .order_by_asc(entity::concern::Column::Id)
        .all(db)
        .await
        .expect("reads");
    let north = caller(app, "north@police.example").await;
    let served: Vec<i64> = entity::team_area::Entity::find()
        .filter(
            entity::team_area::Column::TeamId.is_in(
                north
                    .actor
                    .member()
                    .expect("staff")
                    .teams_as(Role::NeighbourhoodOfficer)
                    .iter()
                    .map(|team| team.0),
            ),
        )
        .all(db)
        .await
        .expect("reads")
        .into_iter()
        .map(|link| link.area_id)
        .collect();
    let concern = concern
        .into_iter()
        .find(|row| served.contains(&row.area_id))
        .expect("a concern in the north");
    let ward = entity::area::Entity::find_by_id(concern.area_id)
        .one(db)
        .await
        .expect("reads")
        .expect("a ward");
    let now = app.app.clock.now();
    let days = |days: i64| now + jiff::SignedDuration::from_hours(24 * days);
    Facts {
        officers: (officer, caller(app, "design@council.example").await),
        approvers: (
            caller(app, APPROVER).await,
            caller(app, "councillor@council.example").await,
        ),
        moderators: (
            caller(app, "moderator@council.example").await,
            caller(app, "analyst@council.example").await,
        ),
        administrators: (first, caller(app, "auditor@council.example").await),
        // The police have one officer a neighbourhood here; two browsers of one person.
        neighbourhood: (north.clone(), north),
        planning,
        democratic,
        invited: app.person("nia@council.example").await,
        first_administrator: app.person(ADMINISTRATOR).await,
        second_administrator: app.person("auditor@council.example").await,
        council: first!(
            organisation,
            "council",
            entity::organisation::Column::Kind.eq("council")
        ),
        area: domain::ids::AreaId(ward.id),
        ward: ward.code,
        opens: days(3),
        closes: days(45),
        today: domain::calendar::uk_day(now),
        response_key: server::response::key::Key::issue(now).expect("random"),
        closed,
        open,
        document: first!(
            document,
            "document of the draft",
            entity::document::Column::ConsultationId.eq(draft)
        ),
        concern: concern.id,
        option: first!(
            option,
            "option",
            entity::option::Column::ConsultationId.eq(draft)
        ),
        question: first!(
            question,
            "question",
            entity::question::Column::ConsultationId.eq(draft)
        ),
        seed_statement: first!(
            statement,
            "statement of the draft",
            entity::statement::Column::ConsultationId.eq(draft)
        ),
        open_statement: first!(
            statement,
            "open statement",
            entity::statement::Column::ConsultationId.eq(open),
            entity::statement::Column::State.eq("approved")
        ),
        held_answer: first!(
            answer,
            "held answer",
            entity::answer::Column::TextState.eq("held")
        ),
        theme: first!(
            theme,
            "theme",
            entity::theme::Column::ConsultationId.eq(closed)
        ),
        promised: first!(
            theme,
            "promise",
            entity::theme::Column::ConsultationId.eq(decided),
            entity::theme::Column::Promise.is_not_null()
        ),
        poll_option: one(
            entity::poll_option::Entity::find()
                .find_also_related(entity::poll::Entity)
                .filter(entity::poll::Column::ConsultationId.eq(draft))
                .order_by_asc(entity::poll_option::Column::Id)
                .one(db)
                .await
                .expect("reads")
                .map(|(row, _)| row.id),
            "option of a poll of the draft",
        ),
    }
}

/// What the drafts and the closed consultation need besides: a statement, a document and a poll in the
/// draft, a whole theme.
async fn prepared(app: &TestApp) {
    let officer = caller(app, OFFICER).await;
    let key = |text: &str| domain::edit::CreationKey::typed(text);
    use server::consultation::commands::{
        AddDocument, AddStatement, UploadedFile, add_document, add_statement,
    };
    let statement = AddStatement {
        on: DRAFT.to_owned(),
        text: "Lorries should not use this road".to_owned(),
        key: key("statement"),
    };
    add_statement(&app.app, &officer, statement)
        .await
        .expect("a statement");
    let document = AddDocument {
        on: DRAFT.to_owned(),
        title: "The map".to_owned(),
        file: Some(UploadedFile {
            name: "map.txt".to_owned(),
            bytes: b"A map in words".to_vec().into(),
        }),
        key: key("document"),
    };
    add_document(&app.app, &officer, document)
        .await
        .expect("a document");
    use domain::poll::{Electorate, Method, NewOption, NewPoll, PollAddress};
    use server::poll::commands::{AddOption, AddPoll, add_option, add_poll};
    let poll = AddPoll {
        on: DRAFT.to_owned(),
        poll: NewPoll {
            question: "Which one?".to_owned(),
            help: String::new(),
            method: Method::Ranked {
                rule: domain::vote::ranked::Rule::Irv,
                seats: 1,
            },
            electorate: Electorate::Open,
            sealed: true,
            binding: false,
        },
        key: key("poll"),
    };
    let number = add_poll(&app.app, &officer, poll).await.expect("a poll");
    for name in ["North", "South", "East"] {
        let option = AddOption {
            poll: PollAddress {
                slug: DRAFT.to_owned(),
                number,
            },
            option: NewOption {
                name: name.to_owned(),
                ..NewOption::default()
            },
            picture: None,
            key: key(name),
        };
        add_option(&app.app, &officer, option)
            .await
            .expect("an option");
    }
    use domain::insight::{Outcome, Theme};
    use server::insight::commands::{AddTheme, add_theme};
    let theme = AddTheme {
        on: CLOSED.to_owned(),
        theme: Theme {
            title: "Saturdays".to_owned(),
            we_asked: "When?".to_owned(),
            you_said: "Open on Saturdays".to_owned(),
            outcome: Some(Outcome::Did),
            we_did: "It opens".to_owned(),
            because: "Most asked for it".to_owned(),
            id: None,
            promise: String::new(),
            promise_due: None,
            kept: false,
        },
        key: key("theme"),
    };
    add_theme(&app.app, &officer, theme).await.expect("a theme");
}

/// An address of a test.
pub fn email(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

//! A small town: two people for each role, a consultation at every stage, and what examples are about.
//! All of it by use cases and through the pages.

use domain::account::Role;
use domain::council::TeamWords;
use domain::edit::{AsRead, CreationKey, Version};
use domain::ids::{AreaId, ConsultationId, TeamId};
use domain::insight::{Outcome, Theme, as_read};
use domain::poll::{Electorate, NewElector, NewOption, NewPoll, PollAddress};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::account::commands::{GiveRole, give_role};
use server::consultation::commands::{
    AddDocument, AddStatement, UploadedFile, add_document, add_statement,
};
use server::council::commands::{ChangeTeam, change_team};
use server::granted::Caller;
use server::insight::commands::{
    AddTheme, Decide, PublishAnswers, add_theme, decide, publish_answers,
};
use server::insight::queries::themes;
use server::poll::commands::{
    AddOption, AddPoll, ReplaceRegister, add_option, add_poll, replace_register,
};

use super::ready;
use super::world::{ANSWERED, CLOSED, DECIDED, DRAFT, Facts, IN_REVIEW, OPEN, caller, email};
use crate::consultation::{APPROVER, DESIGNER, OFFICER, approve, publish, whole_draft};
use crate::poll::arrange::{approval, ranked};
use crate::support::TestApp;

const ADMINISTRATOR: &str = "administrator@council.example";
const COUNCILLOR: &str = "councillor@council.example";
const MODERATOR: &str = "moderator@council.example";
const ANALYST: &str = "analyst@council.example";
const AUDITOR: &str = "auditor@council.example";
const NORTH: &str = "north@police.example";
const INSPECTOR: &str = "inspector@police.example";
const SUPERINTENDENT: &str = "superintendent@police.example";

/// Builds it.
pub async fn built(app: &TestApp) -> Facts {
    app.with_places().await;
    let ward = ward(app).await;
    staffed(app, &ward).await;
    past(app).await;
    drafts(app).await;
    let letters = open(app).await;
    app.later(48);
    let ready = ready::made(app, letters, &ward.code).await;
    facts(app, ward, ready).await
}

async fn ward(app: &TestApp) -> entity::area::Model {
    entity::area::Entity::find()
        .filter(entity::area::Column::Kind.eq("ward"))
        .order_by_asc(entity::area::Column::Id)
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("a ward")
}

/// Two people for each role; the police look after a ward.
async fn staffed(app: &TestApp, ward: &entity::area::Model) {
    let officer = caller(app, OFFICER).await;
    let teams = officer.actor.member().expect("staff");
    for team in teams.teams_as(Role::Officer) {
        for (person, role) in [
            (DESIGNER, Role::Officer),
            (COUNCILLOR, Role::Approver),
            (ANALYST, Role::Moderator),
        ] {
            give(app, ADMINISTRATOR, person, team, role).await;
        }
    }
    let of_administrators = administrators(&caller(app, ADMINISTRATOR).await);
    give(
        app,
        ADMINISTRATOR,
        AUDITOR,
        of_administrators,
        Role::Administrator,
    )
    .await;
    app.administrator_of_the_police().await;
    let name = "Neighbourhood Team North";
    let team = app.team(name).await;
    give(
        app,
        SUPERINTENDENT,
        INSPECTOR,
        team,
        Role::NeighbourhoodOfficer,
    )
    .await;
    let served = ChangeTeam {
        team,
        words: TeamWords {
            name: name.to_owned(),
            email: email(NORTH),
            areas: vec![AreaId(ward.id)],
        },
        seen: Version::default(),
    };
    change_team(&app.app, &caller(app, SUPERINTENDENT).await, served)
        .await
        .expect("a team with its ward");
    let administrator = app.sign_in(ADMINISTRATOR).await;
    let team = first_team(&officer).to_string();
    for (name, email) in [
        ("Nia Rowe", "nia@council.example"),
        ("Sam Hale", "sam@council.example"),
    ] {
        let form = administrator.get("/desk/people/invite").await.expect(200);
        let new = [
            ("name", name),
            ("email", email),
            ("team", team.as_str()),
            ("role", "analyst"),
        ];
        administrator
            .submit(&form, "main form", &new)
            .await
            .expect(303);
    }
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

fn first_team(officer: &Caller) -> TeamId {
    let teams = officer
        .actor
        .member()
        .expect("staff")
        .teams_as(Role::Officer);
    *teams.first().expect("a team")
}

fn administrators(administrator: &Caller) -> TeamId {
    let member = administrator.actor.member().expect("staff");
    let teams = member.teams_as(Role::Administrator);
    *teams.first().expect("a team")
}

fn key(text: &str) -> CreationKey {
    CreationKey::typed(text)
}

/// A theme with its whole answer.
fn theme(promise: &str, due: Option<jiff::civil::Date>) -> Theme {
    Theme {
        title: "Saturdays".to_owned(),
        we_asked: "When?".to_owned(),
        you_said: "Open on Saturdays".to_owned(),
        outcome: Some(Outcome::Did),
        we_did: "It opens".to_owned(),
        because: "Most asked for it".to_owned(),
        id: None,
        promise: promise.to_owned(),
        promise_due: due,
        kept: false,
    }
}

/// What has closed by now: with a theme, with its answers published, decided.
async fn past(app: &TestApp) {
    let browser = app.sign_in(OFFICER).await;
    for title in ["Race closed", "Race answered", "Race decided"] {
        let slug = whole_draft(app, &browser, title).await;
        if slug == CLOSED {
            poll(app, &slug, Electorate::Open).await;
        }
        publish(app, &slug).await;
    }
    app.later(48);
    ready::ballot(app, CLOSED).await;
    app.later(24 * 30);
    let officer = caller(app, OFFICER).await;
    let day = domain::calendar::uk_day(officer.now);
    for on in [CLOSED, ANSWERED, DECIDED] {
        let due = day.saturating_add(jiff::Span::new().days(90));
        let says = if on == DECIDED {
            theme("A second lamp", Some(due))
        } else {
            theme("", None)
        };
        let add = AddTheme {
            on: on.to_owned(),
            theme: says,
            key: key(on),
        };
        add_theme(&app.app, &officer, add).await.expect("a theme");
        if on != CLOSED {
            let answers = PublishAnswers {
                on: on.to_owned(),
                read: read(app, on).await,
            };
            publish_answers(&app.app, &officer, answers)
                .await
                .expect("answers");
        }
    }
    let decision = Decide {
        on: DECIDED.to_owned(),
        words: "It opens on Saturdays".to_owned(),
        equality_assessed: Some(day),
        read: read(app, DECIDED).await,
    };
    decide(&app.app, &officer, decision)
        .await
        .expect("a decision");
}

/// The themes of this consultation as somebody reads them now.
async fn read(app: &TestApp, slug: &str) -> AsRead {
    let id = consultation(app, slug).await;
    let themes = themes(app.app.db.read(), id).await.expect("reads");
    as_read(&themes)
}

/// Drafts as they are written, in review, and approved.
async fn drafts(app: &TestApp) {
    let browser = app.sign_in(OFFICER).await;
    for title in ["Race draft", "Race in review", "Race approved"] {
        let slug = whole_draft(app, &browser, title).await;
        let at = |step: &str| format!("/desk/consultations/{slug}/{step}");
        if slug != DRAFT {
            browser.post(&at("submit"), &[]).await.expect(303);
        }
        if title == "Race approved" {
            let approver = app.sign_in(APPROVER).await;
            approve(&approver, &slug).await.expect(303);
        }
    }
    statement(app, DRAFT).await;
    let document = AddDocument {
        on: DRAFT.to_owned(),
        title: "The map".to_owned(),
        file: Some(UploadedFile {
            name: "map.txt".to_owned(),
            bytes: b"A map in words".to_vec().into(),
        }),
        key: key("document"),
    };
    let officer = caller(app, OFFICER).await;
    add_document(&app.app, &officer, document)
        .await
        .expect("a document");
    poll(app, DRAFT, Electorate::Open).await;
    let registered = poll(app, DRAFT, Electorate::Register).await;
    register(app, registered).await;
}

async fn statement(app: &TestApp, on: &str) {
    let add = AddStatement {
        on: on.to_owned(),
        text: "Lorries should not use this road".to_owned(),
        key: key(&format!("{on} statement")),
    };
    add_statement(&app.app, &caller(app, OFFICER).await, add)
        .await
        .expect("a statement");
}

/// A poll with three options.
async fn poll(app: &TestApp, on: &str, electorate: Electorate) -> PollAddress {
    let officer = caller(app, OFFICER).await;
    let method = if on == DRAFT { ranked() } else { approval() };
    let add = AddPoll {
        on: on.to_owned(),
        poll: NewPoll {
            electorate: electorate.clone(),
            ..NewPoll::beginning("Which one?", method)
        },
        key: key(&format!("{on} {electorate:?}")),
    };
    let number = add_poll(&app.app, &officer, add).await.expect("a poll");
    let poll = PollAddress {
        slug: on.to_owned(),
        number,
    };
    for name in ["North", "South", "East"] {
        let add = AddOption {
            poll: poll.clone(),
            option: NewOption {
                name: name.to_owned(),
                ..NewOption::default()
            },
            picture: None,
            key: key(&format!("{on} {number} {name}")),
        };
        add_option(&app.app, &officer, add)
            .await
            .expect("an option");
    }
    poll
}

/// What is open, with statements, a poll of a register and one of addresses; three letters.
async fn open(app: &TestApp) -> [String; 3] {
    let browser = app.sign_in(OFFICER).await;
    let slug = whole_draft(app, &browser, "Race open").await;
    assert_eq!(slug, OPEN);
    statement(app, OPEN).await;
    let form = browser
        .get(&format!("/desk/consultations/{OPEN}/statements"))
        .await
        .expect(200);
    let opening = format!("form[action='/desk/consultations/{OPEN}/statements/open']");
    browser
        .submit(&form, &opening, &[("open", "yes")])
        .await
        .expect(303);
    let registered = poll(app, OPEN, Electorate::Register).await;
    poll(app, OPEN, Electorate::Email).await;
    let letters = register(app, registered).await;
    publish(app, OPEN).await;
    letters
}

/// Puts three people on the register of a poll; the codes of their letters.
async fn register(app: &TestApp, poll: PollAddress) -> [String; 3] {
    let register = ReplaceRegister {
        key: key(&format!("{} register", poll.slug)),
        poll,
        seen: Version(0),
        electors: (1..=3)
            .map(|n| NewElector {
                name: format!("Elector {n}"),
                address: format!("{n} High Street"),
            })
            .collect(),
    };
    let letters = replace_register(&app.app, &caller(app, OFFICER).await, register).await;
    let codes: Vec<String> = letters
        .expect("a register")
        .into_iter()
        .map(|letter| letter.code)
        .collect();
    codes.try_into().expect("three letters")
}

/// The number of a consultation.
pub async fn consultation(app: &TestApp, slug: &str) -> ConsultationId {
    let found = server::consultation::rows::by_slug(app.app.db.read(), slug).await;
    found.expect("reads").expect("a consultation").id
}

/// The first poll of the draft as somebody reads it.
async fn draft_poll(app: &TestApp) -> AsRead {
    let found = server::consultation::rows::by_slug(app.app.db.read(), DRAFT).await;
    let on = found.expect("reads").expect("a consultation");
    let poll = server::poll::queries::poll(app.app.db.read(), &on, 1).await;
    domain::poll::section::as_read(&poll.expect("reads").expect("a poll"), Version::default())
}

/// Which text waits for approval.
async fn submission(app: &TestApp) -> Version {
    let found = server::consultation::rows::by_slug(app.app.db.read(), IN_REVIEW).await;
    let on = found.expect("reads").expect("a consultation");
    on.milestones.submission()
}

/// The number of the first row of a table for which this holds.
macro_rules! first {
    ($app:ident, $table:ident, $($filter:expr),*) => {
        entity::$table::Entity::find()
            $(.filter($filter))*
            .order_by_asc(entity::$table::Column::Id)
            .one($app.app.db.read())
            .await
            .expect("reads")
            .unwrap_or_else(|| panic!("no {}", stringify!($table)))
            .id
    };
}

async fn facts(app: &TestApp, ward: entity::area::Model, ready: ready::Ready) -> Facts {
    let draft = consultation(app, DRAFT).await.0;
    let open = consultation(app, OPEN).await.0;
    let closed = consultation(app, CLOSED).await.0;
    let decided = consultation(app, DECIDED).await.0;
    let officer = caller(app, OFFICER).await;
    let administrator = caller(app, ADMINISTRATOR).await;
    let now = app.app.clock.now();
    let days = |days: i64| now + jiff::SignedDuration::from_hours(24 * days);
    let poll = first!(app, poll, entity::poll::Column::ConsultationId.eq(draft));
    Facts {
        planning: first_team(&officer),
        democratic: administrators(&administrator),
        officers: (officer, caller(app, DESIGNER).await),
        approvers: (caller(app, APPROVER).await, caller(app, COUNCILLOR).await),
        moderators: (caller(app, MODERATOR).await, caller(app, ANALYST).await),
        administrators: (administrator, caller(app, AUDITOR).await),
        neighbourhood: (caller(app, NORTH).await, caller(app, INSPECTOR).await),
        invited: app.person("nia@council.example").await,
        first_administrator: app.person(ADMINISTRATOR).await,
        second_administrator: app.person(AUDITOR).await,
        disabled: ready.disabled,
        council: first!(
            app,
            organisation,
            entity::organisation::Column::Kind.eq("council")
        ),
        area: AreaId(ward.id),
        ward: ward.code,
        opens: days(3),
        closes: days(45),
        today: domain::calendar::uk_day(now),
        response_key: server::response::key::Key::issue(now).expect("random"),
        open,
        document: first!(
            app,
            document,
            entity::document::Column::ConsultationId.eq(draft)
        ),
        concern: first!(app, concern, entity::concern::Column::AreaId.eq(ward.id)),
        option: first!(
            app,
            option,
            entity::option::Column::ConsultationId.eq(draft)
        ),
        question: first!(
            app,
            question,
            entity::question::Column::ConsultationId.eq(draft)
        ),
        seed_statement: first!(
            app,
            statement,
            entity::statement::Column::ConsultationId.eq(draft)
        ),
        open_statement: first!(
            app,
            statement,
            entity::statement::Column::ConsultationId.eq(open),
            entity::statement::Column::State.eq("approved")
        ),
        held_answer: first!(app, answer, entity::answer::Column::TextState.eq("held")),
        theme: first!(app, theme, entity::theme::Column::ConsultationId.eq(closed)),
        themes_closed: read(app, CLOSED).await,
        themes_answered: read(app, ANSWERED).await,
        draft_poll: draft_poll(app).await,
        submission: submission(app).await,
        promised: first!(
            app,
            theme,
            entity::theme::Column::ConsultationId.eq(decided)
        ),
        poll_option: first!(
            app,
            poll_option,
            entity::poll_option::Column::PollId.eq(poll)
        ),
        ready,
    }
}

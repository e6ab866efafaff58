//! Two people, or two clicks, at one moment.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use domain::account::{NotPermitted, OrganisationKind, Role};
use domain::ids::PersonId;
use server::App;
use server::account::commands::disable::{Disable, disable};
use server::account::commands::give_role::{GiveRole, give_role};
use server::account::commands::take_role::{TakeRole, take_role};
use server::account::commands::{SignIn, sign_in};
use server::account::rows::signed_in::SignedIn;
use server::db::Point;
use server::error::{Denied, Refused};
use server::granted::Caller;
use server::session::{MARK, PERSON};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

use crate::support::{TestApp, link, on_both, password, together};

const OFFICER: &str = "officer@council.example";
const FIRST: &str = "administrator@council.example";
const SECOND: &str = "second@council.example";
const COUNCIL: &str = "Demonstration Borough Council";

/// What one administrator does to the other.
#[derive(Clone, Copy)]
enum Harm {
    Disables,
    TakesTheRoleOf,
}

async fn harm(app: &App, how: Harm, by: &Caller, other: PersonId, role: TakeRole) -> bool {
    let done = match how {
        Harm::Disables => disable(app, by, Disable { person: other }).await,
        Harm::TakesTheRoleOf => take_role(app, by, role).await,
    };
    match done {
        Ok(()) => true,
        Err(Refused::Denied(Denied::NotPermitted(
            NotPermitted::SignInFirst | NotPermitted::Unknown,
        ))) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// A session that holds nothing yet.
fn blank() -> Record {
    Record {
        id: Id::default(),
        data: Default::default(),
        expiry_date: "2030-01-01T00:00:00Z"
            .parse::<jiff::Timestamp>()
            .map(|at| at.as_second())
            .map(|second| time::OffsetDateTime::from_unix_timestamp(second).expect("a time"))
            .expect("a time"),
    }
}

/// Both begin before either has committed; the first is held just before its commit.
async fn both_at_once(app: &TestApp, how: Harm) {
    app.administrator(SECOND, COUNCIL, OrganisationKind::Council)
        .await;
    let callers = [app.caller(FIRST).await, app.caller(SECOND).await];
    let people = [app.person(FIRST).await, app.person(SECOND).await];
    let teams = [
        app.team("Democratic Services").await,
        app.team("Administration").await,
    ];
    let role_of = |n: usize| TakeRole {
        person: people[n],
        team: teams[n],
        role: Role::Administrator,
    };
    let [first, second] = callers;
    let (theirs, ours) = (role_of(1), role_of(0));
    let (one, two) = together(
        app,
        Point::BeforeCommit,
        move |app| async move { harm(&app, how, &first, theirs.person, theirs).await },
        move |app| async move { harm(&app, how, &second, ours.person, ours).await },
    )
    .await;
    assert!(one, "the first is done");
    assert!(!two, "the second is refused");
    let first = app.sign_in(FIRST).await;
    first.get("/desk/people").await.expect(200);
}

on_both! {
    async fn two_administrators_who_disable_each_other_leave_one(app: &TestApp) {
        both_at_once(app, Harm::Disables).await;
    }

    async fn two_administrators_who_take_each_others_role_leave_one(app: &TestApp) {
        both_at_once(app, Harm::TakesTheRoleOf).await;
    }

    async fn whoever_was_disabled_a_moment_ago_does_nothing_more(app: &TestApp) {
        app.administrator(SECOND, COUNCIL, OrganisationKind::Council).await;
        let stale = app.caller(SECOND).await;
        let person = app.person(SECOND).await;
        let by = app.caller(FIRST).await;
        disable(&app.app, &by, Disable { person }).await.expect("disabled");
        let command = GiveRole {
            person: app.person(OFFICER).await,
            team: app.team("Urban Design").await,
            role: Role::Analyst,
        };
        let refused = give_role(&app.app, &stale, command).await.expect_err("refused");
        let why = refused.because().expect_err("no rule");
        assert!(matches!(why, Denied::NotPermitted(NotPermitted::SignInFirst)), "{why:?}");
        assert_eq!(app.entries("person.role-given").await, 0);
    }

    async fn many_clicks_on_an_invitation_invite_one_person_once(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let form = administrator.get("/desk/people/invite").await.expect(200);
        let team = app.team("Urban Design").await.to_string();
        let clicks: Vec<_> = (0..6)
            .map(|_| {
                let (browser, form, team) = (administrator.clone(), form.clone(), team.clone());
                tokio::spawn(async move {
                    let new = [
                        ("name", "Nia Rowe"),
                        ("email", "nia@council.example"),
                        ("team", team.as_str()),
                        ("role", "moderator"),
                    ];
                    browser.submit(&form, "main form", &new).await.expect(303).location()
                })
            })
            .collect();
        let mut made = BTreeSet::new();
        for click in clicks {
            made.insert(click.await.expect("clicked"));
        }
        assert_eq!(made.len(), 1, "{made:?}");
        assert_eq!(app.letters().await.len(), 1);
        assert_eq!(app.entries("person.invited").await, 1);
    }

    async fn of_several_who_invite_one_address_one_does_and_nobody_meets_a_fault(app: &TestApp) {
        let council = app.sign_in_as(Role::Administrator).await;
        let police = app.administrator_of_the_police().await;
        let teams = [
            (council, app.team("Urban Design").await.to_string()),
            (police, app.team("Neighbourhood Team South").await.to_string()),
        ];
        let clicks: Vec<_> = teams
            .iter()
            .cycle()
            .take(6)
            .map(|(browser, team)| {
                let (browser, team) = (browser.clone(), team.clone());
                tokio::spawn(async move {
                    let form = browser.get("/desk/people/invite").await.expect(200);
                    let new = [
                        ("name", "Nia Rowe"),
                        ("email", "nia@both.example"),
                        ("team", team.as_str()),
                        ("role", "moderator"),
                    ];
                    browser.submit(&form, "main form", &new).await.status
                })
            })
            .collect();
        let mut answers = Vec::new();
        for click in clicks {
            answers.push(click.await.expect("clicked"));
        }
        answers.sort_unstable();
        assert_eq!(answers, [303, 422, 422, 422, 422, 422]);
        assert_eq!(app.letters().await.len(), 1);
    }

    async fn a_second_click_on_a_new_password_is_answered_as_the_first(app: &TestApp) {
        let form = app.anyone().get("/reset").await.expect(200);
        for _ in 0..2 {
            let asked = [("email", OFFICER)];
            app.anyone().submit(&form, "main form", &asked).await.expect(303);
        }
        let letters = app.letters().await;
        assert_eq!(letters.len(), 1, "one form, one letter");
        let officer = app.anyone();
        let form = officer.get(&link(&letters[0])).await.expect(200);
        let clicks: Vec<_> = (0..3)
            .map(|_| {
                let (browser, form) = (officer.clone(), form.clone());
                tokio::spawn(async move {
                    let new = [("new-password", "a barge full of coal")];
                    browser.submit(&form, "main form", &new).await.expect(303).location()
                })
            })
            .collect();
        for click in clicks {
            assert_eq!(click.await.expect("clicked").as_deref(), Some("/desk"));
        }
        assert_eq!(app.entries("account.password-set").await, 1);
        // Another password by the same link is none.
        let other = [("new-password", "another barge of coal")];
        app.anyone().submit(&form, "main form", &other).await.expect(410);
        app.later(1);
        let late = [("new-password", "a barge full of coal")];
        app.anyone().submit(&form, "main form", &late).await.expect(410);
    }

    async fn a_second_click_on_a_changed_password_is_no_mistake(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let form = officer.get("/account").await.expect(200);
        let clicks: Vec<_> = (0..2)
            .map(|_| {
                let browser = app.anyone();
                browser.steal_cookies(&officer);
                let form = form.clone();
                tokio::spawn(async move {
                    let new = [
                        ("password", password(OFFICER)),
                        ("new-password", "a barge full of coal"),
                    ];
                    browser.submit(&form, "main form", &new).await
                })
            })
            .collect();
        for click in clicks {
            let answer = click.await.expect("clicked");
            // The session has a new id after the first; a click that comes after that is asked to
            // sign in, with the new password.
            let asked_to_sign_in = answer.status == 401 && answer.has("a[href^=\"/sign-in\"]");
            assert!(answer.status == 303 || asked_to_sign_in, "{}", answer.main_text());
        }
        assert_eq!(app.entries("account.password-changed").await, 1);
        let new = [("email", OFFICER), ("password", "a barge full of coal")];
        app.anyone().post("/sign-in", &new).await.expect(303);
    }

    async fn a_session_of_the_old_password_opens_nothing_after_a_reset(app: &TestApp) {
        // Signing in looks at the password before a reset, and opens its session after it.
        let store = server::session::Store::new(app.app.db.clone(), app.app.clock.clone());
        let sign_in_with = |password: &str| SignIn {
            email: OFFICER.to_owned(),
            password: password.to_owned(),
            known_browser: false,
        };
        let caller = Caller::anyone(app.app.clock.now());
        let opened = async |who: &SignedIn| {
            let mut record = blank();
            record.data.insert(PERSON.to_owned(), who.person.0.into());
            record.data.insert(MARK.to_owned(), who.mark.as_str().into());
            store.create(&mut record).await.expect("made");
            let desk = app
                .anyone()
                .request(Method::GET, "/desk")
                .header("cookie", format!("session={}", record.id))
                .body(Body::empty());
            app.anyone().send(desk.expect("a request")).await.status
        };
        let old = sign_in_with(password(OFFICER));
        let old = sign_in(&app.app, &caller, old).await.expect("theirs");
        assert_eq!(opened(&old).await, 200);
        let form = app.anyone().get("/reset").await.expect(200);
        app.anyone().submit(&form, "main form", &[("email", OFFICER)]).await.expect(303);
        let letter = app.letters().await.pop().expect("a letter");
        let form = app.anyone().get(&link(&letter)).await.expect(200);
        let new = [("new-password", "a barge full of coal")];
        app.anyone().submit(&form, "main form", &new).await.expect(303);
        assert_eq!(opened(&old).await, 303, "to the sign-in page");
        let now = sign_in_with("a barge full of coal");
        let now = sign_in(&app.app, &caller, now).await.expect("theirs");
        assert_eq!(opened(&now).await, 200);
    }

    async fn a_session_that_was_ended_does_not_come_back_with_a_request_under_way(app: &TestApp) {
        let store = server::session::Store::new(app.app.db.clone(), app.app.clock.clone());
        let mut record = blank();
        store.create(&mut record).await.expect("made");
        record.data.insert("seen".to_owned(), 1.into());
        store.save(&record).await.expect("saved");
        let kept = store.load(&record.id).await.expect("reads").expect("a session");
        assert_eq!(kept.data.get("seen"), Some(&1.into()));
        store.delete(&record.id).await.expect("ended");
        store.save(&record).await.expect("nothing to save");
        assert!(store.load(&record.id).await.expect("reads").is_none());
    }
}

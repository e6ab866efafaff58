//! What administrators do to other people's accounts, each once and only in their own organisation.

use domain::account::Role;

use crate::support::{Browser, Page, link, on_both, password};

const OFFICER: &str = "officer@council.example";
const MODERATOR: &str = "moderator@council.example";
const SOUTH: &str = "Neighbourhood Team South";

const OTHERS: &str =
    "This belongs to an organisation that you do not administer. Ask its administrator";

/// Invites somebody through the page and returns the address of their page.
async fn invited(by: &Browser, email: &str, team: &str, role: &str) -> String {
    let form = by.get("/desk/people/invite").await.expect(200);
    let new = [
        ("name", "Nia Rowe"),
        ("email", email),
        ("team", team),
        ("role", role),
    ];
    let made = by.submit(&form, "main form", &new).await.expect(303);
    made.location().expect("the person's page")
}

/// The form with which an invitation is sent again.
async fn again(by: &Browser, person: &str) -> Page {
    let page = by.get(person).await.expect(200);
    assert!(page.main_text().contains("Send the invitation again"));
    page
}

on_both! {
    async fn nobody_is_made_an_administrator_of_something_without_a_name(app: &TestApp) {
        use server::account::commands::create_administrator::{
            CreateAdministrator, CreateAdministratorRefused, Named, create_administrator,
        };
        let whole = CreateAdministrator {
            name: "Jo".to_owned(),
            email: domain::account::Email::parse("jo@new.example").expect("an address"),
            organisation: "New Council".to_owned(),
            kind: domain::account::OrganisationKind::Council,
            team: "Administration".to_owned(),
            password: None,
        };
        let blank = || "\u{2060} \u{ad}".to_owned();
        let tries = [
            (Named::Person, CreateAdministrator { name: blank(), ..whole.clone() }),
            (Named::Organisation, CreateAdministrator { organisation: blank(), ..whole.clone() }),
            (Named::Team, CreateAdministrator { team: blank(), ..whole.clone() }),
        ];
        let caller = server::granted::Caller::anyone(app.app.clock.now());
        for (named, command) in tries {
            let refused = create_administrator(&app.app, &caller, command).await;
            let why = refused.expect_err("refused").because().expect("a reason");
            assert_eq!(why, CreateAdministratorRefused::Blank(named));
        }
        create_administrator(&app.app, &caller, whole).await.expect("made");
    }

    async fn a_role_is_given_and_taken_once_and_counts_at_once(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let officer = app.sign_in(OFFICER).await;
        officer.get("/desk/people").await.expect(404);
        let person = format!("/desk/people/{}", app.person(OFFICER).await);
        let team = app.team("Democratic Services").await.to_string();
        let role = [("team", team.as_str()), ("role", "administrator")];
        for _ in 0..2 {
            let given = administrator.post(&format!("{person}/roles"), &role).await.expect(303);
            assert_eq!(given.location().as_deref(), Some(person.as_str()));
        }
        assert_eq!(app.entries("person.role-given").await, 1);
        officer.get("/desk/people").await.expect(200);
        for _ in 0..2 {
            let path = format!("{person}/roles/remove");
            let taken = administrator.post(&path, &role).await.expect(303);
            assert_eq!(taken.location().as_deref(), Some(person.as_str()));
        }
        assert_eq!(app.entries("person.role-taken").await, 1);
        officer.get("/desk/people").await.expect(404);
        officer.get("/desk").await.expect(200);
    }

    async fn a_police_role_is_neither_given_nor_taken_by_the_council(app: &TestApp) {
        let council = app.sign_in_as(Role::Administrator).await;
        let team = app.team(SOUTH).await.to_string();
        let role = [("team", team.as_str()), ("role", "neighbourhood-officer")];
        let officer = format!("/desk/people/{}", app.person(OFFICER).await);
        let page = council.post(&format!("{officer}/roles"), &role).await.expect(422);
        assert_eq!(page.errors(), [OTHERS]);
        assert!(page.has("input[name=role][value=neighbourhood-officer][checked]"), "kept as typed");
        let constable = format!("/desk/people/{}", app.person("south@police.example").await);
        let page = council.post(&format!("{constable}/roles/remove"), &role).await.expect(422);
        assert_eq!(page.errors(), [OTHERS]);
        for part in ["disable", "enable"] {
            let page = council.post(&format!("{constable}/{part}"), &[]).await.expect(422);
            assert_eq!(page.errors(), [OTHERS], "{part}");
        }
        let form = council.get("/desk/people/invite").await.expect(200);
        let new = [("name", "Nia Rowe"), ("email", "nia@police.example"), role[0], role[1]];
        let page = council.submit(&form, "main form", &new).await.expect(422);
        assert_eq!(page.errors(), [OTHERS]);
        assert_eq!(page.value("email"), "nia@police.example");
        assert!(app.letters().await.is_empty());
        for kind in ["person.role-given", "person.role-taken", "person.disabled", "person.invited"] {
            assert_eq!(app.entries(kind).await, 0, "{kind}");
        }
        let queue = app.sign_in("south@police.example").await;
        queue.get("/desk/concerns").await.expect(200);
        app.sign_in(OFFICER).await.get("/desk/concerns").await.expect(403);
    }

    async fn a_council_can_not_void_an_invitation_of_the_police(app: &TestApp) {
        let police = app.administrator_of_the_police().await;
        let team = app.team(SOUTH).await.to_string();
        let person = invited(&police, "nia@police.example", &team, "neighbourhood-officer").await;
        let first = link(&app.letters().await[0]);
        let council = app.sign_in_as(Role::Administrator).await;
        let path = format!("{person}/invitation");
        let refused = council.post(&path, &[("key", "k")]).await.expect(422);
        assert_eq!(refused.errors(), [OTHERS]);
        assert_eq!(app.letters().await.len(), 1);
        app.anyone().get(&first).await.expect(200);
    }

    async fn an_invitation_sent_again_replaces_the_first_and_two_clicks_send_one(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let team = app.team("Urban Design").await.to_string();
        let person = invited(&administrator, "nia@council.example", &team, "moderator").await;
        let page = again(&administrator, &person).await;
        for _ in 0..2 {
            let form = "form[action$='/invitation']";
            let sent = administrator.submit(&page, form, &[]).await.expect(303);
            assert_eq!(sent.location().as_deref(), Some(person.as_str()));
        }
        let letters = app.letters().await;
        assert_eq!(letters.len(), 2);
        assert_eq!(app.entries("person.invited-again").await, 1);
        app.anyone().get(&link(&letters[0])).await.expect(410);
        let nia = app.anyone();
        let form = nia.get(&link(&letters[1])).await.expect(200);
        let chosen = [("new-password", "rowing on the cut")];
        nia.submit(&form, "main form", &chosen).await.expect(303);
        // Somebody with a password has no invitation.
        let page = administrator.get(&person).await.expect(200);
        assert!(!page.main_text().contains("Send the invitation again"));
        administrator.post(&format!("{person}/invitation"), &[]).await.expect(404);
    }

    async fn a_disabled_account_is_shut_out_once_and_works_again_when_enabled(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let moderator = app.sign_in(MODERATOR).await;
        app.anyone().post("/reset", &[("email", MODERATOR)]).await.expect(303);
        let reset = link(&app.letters().await[0]);
        let person = format!("/desk/people/{}", app.person(MODERATOR).await);
        for _ in 0..2 {
            administrator.post(&format!("{person}/disable"), &[]).await.expect(303);
        }
        assert_eq!(app.entries("person.disabled").await, 1);
        moderator.get("/desk").await.expect(303);
        app.anyone().get(&reset).await.expect(410);
        let right = [("email", MODERATOR), ("password", password(MODERATOR))];
        app.anyone().post("/sign-in", &right).await.expect(422);
        for _ in 0..2 {
            administrator.post(&format!("{person}/enable"), &[]).await.expect(303);
        }
        assert_eq!(app.entries("person.enabled").await, 1);
        moderator.get("/desk").await.expect(303);
        app.anyone().get(&reset).await.expect(410);
        app.sign_in(MODERATOR).await.get("/desk").await.expect(200);
    }

    async fn an_administrator_keeps_their_own_access(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let me = format!("/desk/people/{}", app.person("administrator@council.example").await);
        let team = app.team("Democratic Services").await.to_string();
        let role = [("team", team.as_str()), ("role", "administrator")];
        for (part, fields) in [("disable", &[][..]), ("roles/remove", &role[..])] {
            let page = administrator.post(&format!("{me}/{part}"), fields).await.expect(422);
            assert!(page.errors()[0].starts_with("You can’t take away your own access"), "{part}");
        }
        administrator.get("/desk/people").await.expect(200);
    }
}

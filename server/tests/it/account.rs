//! Signing in, passwords and people.

mod at_once;
mod guesses;
mod people;

use domain::account::Role;

use crate::support::{link, on_both, password};

const OFFICER: &str = "officer@council.example";

on_both! {
    async fn an_officer_signs_in_sees_the_desk_and_signs_out(app: &TestApp) {
        let officer = app.sign_in_as(Role::Officer).await;
        let desk = officer.get("/desk").await.expect(200);
        assert!(desk.main_text().contains("Priya Nair"));
        assert!(desk.texts(".app-bar__link").contains(&"Consultations".to_owned()));
        assert!(!desk.texts(".app-bar__link").contains(&"People".to_owned()));
        assert_eq!(desk.header("cache-control"), "private, no-store");
        let stolen = app.anyone();
        stolen.steal_cookies(&officer);
        officer.post("/sign-out", &[]).await.expect(303);
        for browser in [officer, stolen] {
            let answer = browser.get("/desk").await.expect(303);
            assert_eq!(answer.location().as_deref(), Some("/sign-in?next=%2Fdesk"));
        }
    }

    async fn a_wrong_password_and_an_unknown_address_get_the_same_words_and_keep_the_address(app: &TestApp) {
        let anyone = app.anyone();
        let mut answers = Vec::new();
        for email in [OFFICER, "nobody@council.example", "not an address"] {
            let page = anyone
                .post("/sign-in", &[("email", email), ("password", "wrong wrong wrong")])
                .await
                .expect(422);
            assert_eq!(page.value("email"), email);
            assert_eq!(page.value("password"), "");
            assert!(page.title().starts_with("Error: "));
            assert!(!anyone.has_cookie("session"));
            answers.push(page.errors());
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0], answers[2]);
        assert_eq!(answers[0].len(), 1);
    }

    async fn signing_in_leads_back_but_only_to_our_own_pages(app: &TestApp) {
        for (next, lands) in [
            ("/desk/people", "/desk/people"),
            ("", "/desk"),
            ("https://elsewhere.example/", "/desk"),
            ("//elsewhere.example/", "/desk"),
            ("/\\elsewhere.example/", "/desk"),
            ("/\t/elsewhere.example/", "/desk"),
            ("/\r\n/elsewhere.example/", "/desk"),
        ] {
            let answer = app
                .anyone()
                .post("/sign-in", &[("email", OFFICER), ("password", password(OFFICER)), ("next", next)])
                .await
                .expect(303);
            assert_eq!(answer.location().as_deref(), Some(lands), "{next}");
        }
    }

    async fn after_ten_failures_an_account_is_shut_to_strangers_and_its_owner_still_gets_in(app: &TestApp) {
        let owner = app.sign_in(OFFICER).await;
        owner.post("/sign-out", &[]).await.expect(303);
        for email in [OFFICER, "nobody@council.example"] {
            let stranger = app.anyone();
            for _ in 0..10 {
                stranger.post("/sign-in", &[("email", email), ("password", "guess")]).await.expect(422);
            }
            let shut = stranger.post("/sign-in", &[("email", email), ("password", "guess")]).await;
            assert!(shut.expect(429).header("retry-after").parse::<u64>().is_ok());
        }
        let right = [("email", OFFICER), ("password", password(OFFICER))];
        app.anyone().post("/sign-in", &right).await.expect(429);
        owner.post("/sign-in", &right).await.expect(303);
    }

    async fn a_planted_session_is_worth_nothing_after_sign_in(app: &TestApp) {
        let victim = app.anyone();
        let first = app.sign_in("moderator@council.example").await;
        victim.steal_cookies(&first);
        victim
            .post("/sign-in", &[("email", OFFICER), ("password", password(OFFICER))])
            .await
            .expect(303);
        assert!(victim.get("/desk").await.main_text().contains("Priya Nair"));
        first.get("/desk").await.expect(303);
    }

    async fn a_forgotten_password_is_reset_once_within_an_hour_and_ends_every_session(app: &TestApp) {
        let elsewhere = app.sign_in(OFFICER).await;
        let anyone = app.anyone();
        let known = anyone.post("/reset", &[("email", OFFICER)]).await.expect(303);
        let unknown = anyone.post("/reset", &[("email", "nobody@council.example")]).await.expect(303);
        assert_eq!(known.location(), unknown.location());
        let letters = app.letters().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, OFFICER);
        let path = link(&letters[0]);
        let form = anyone.get(&path).await.expect(200);
        let short = anyone.submit(&form, "main form", &[("new-password", "short")]).await.expect(422);
        assert_eq!(short.errors(), ["Your password must have 12 characters or more"]);
        anyone
            .submit(&form, "main form", &[("new-password", "a barge full of coal")])
            .await
            .expect(303);
        assert!(anyone.get("/desk").await.main_text().contains("Priya Nair"));
        elsewhere.get("/desk").await.expect(303);
        app.anyone().get(&path).await.expect(410);
        let old = [("email", OFFICER), ("password", password(OFFICER))];
        app.anyone().post("/sign-in", &old).await.expect(422);
        let new = [("email", OFFICER), ("password", "a barge full of coal")];
        app.anyone().post("/sign-in", &new).await.expect(303);
    }

    async fn a_reset_link_is_dead_after_an_hour(app: &TestApp) {
        app.anyone().post("/reset", &[("email", OFFICER)]).await.expect(303);
        let path = link(&app.letters().await[0]);
        app.later(2);
        app.anyone().get(&path).await.expect(410);
        let late = [("new-password", "a barge full of coal")];
        app.anyone().post(&path, &late).await.expect(410);
    }

    async fn a_changed_password_ends_other_sessions_and_keeps_this_one(app: &TestApp) {
        let here = app.sign_in(OFFICER).await;
        let there = app.sign_in(OFFICER).await;
        let form = here.get("/account").await.expect(200);
        let wrong = [("password", "not this one"), ("new-password", "a barge full of coal")];
        let refused = here.submit(&form, "main form", &wrong).await.expect(422);
        assert_eq!(refused.errors(), ["Enter your current password"]);
        let right = [("password", password(OFFICER)), ("new-password", "a barge full of coal")];
        here.submit(&form, "main form", &right).await.expect(303);
        here.get("/desk").await.expect(200);
        there.get("/desk").await.expect(303);
    }

    async fn an_administrator_invites_somebody_who_then_works_and_is_disabled_again(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let form = administrator.get("/desk/people/invite").await.expect(200);
        assert!(!form.main_text().contains("Neighbourhood Team North"));
        let empty = administrator.submit(&form, "main form", &[]).await.expect(422);
        assert_eq!(empty.errors().len(), 4);
        let team = form
            .texts("select[name=team] option")
            .iter()
            .position(|text| text.starts_with("Urban Design"))
            .expect("the team");
        let team = form.attributes("select[name=team] option", "value")[team].clone();
        let new = [("name", "Nia Rowe"), ("email", "Nia@Council.example"), ("team", team.as_str()), ("role", "moderator")];
        let made = administrator.submit(&form, "main form", &new).await.expect(303);
        let person = made.location().expect("the person's page");
        let again = administrator.submit(&form, "main form", &new).await.expect(303);
        assert_eq!(again.location().as_deref(), Some(person.as_str()), "a second click");
        let form = administrator.get("/desk/people/invite").await.expect(200);
        let taken = administrator.submit(&form, "main form", &new).await.expect(422);
        assert_eq!(taken.value("name"), "Nia Rowe");
        assert_eq!(app.letters().await.len(), 1);
        let path = link(&app.letters().await[0]);
        let nia = app.anyone();
        let form = nia.get(&path).await.expect(200);
        nia.submit(&form, "main form", &[("new-password", "rowing on the cut")]).await.expect(303);
        let desk = nia.get("/desk").await.expect(200);
        assert!(desk.main_text().contains("Moderator, Urban Design"));
        administrator.post(&format!("{person}/disable"), &[]).await.expect(303);
        nia.get("/desk").await.expect(303);
        let right = [("email", "nia@council.example"), ("password", "rowing on the cut")];
        app.anyone().post("/sign-in", &right).await.expect(422);
    }

    async fn a_council_administrator_can_not_give_a_police_role_or_shut_themselves_out(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let me = app.person("administrator@council.example").await;
        let own = administrator.get(&format!("/desk/people/{me}")).await.expect(200);
        assert!(!own.main_text().contains("Disable this account"));
        administrator.post(&format!("/desk/people/{me}/disable"), &[]).await.expect(422);
        let police = app.person("north@police.example").await;
        let page = administrator.get(&format!("/desk/people/{police}")).await.expect(200);
        let teams = page.texts("select[name=team] option");
        assert!(teams.iter().any(|team| team.contains("Planning Policy")), "{teams:?}");
        assert!(teams.iter().all(|team| !team.contains("Demonstration Police")), "{teams:?}");
        administrator.post(&format!("/desk/people/{police}/disable"), &[]).await.expect(422);
        let officer = app.sign_in_as(Role::Officer).await;
        officer.get("/desk/people").await.expect(404);
    }

    async fn somebody_at_work_stays_signed_in_and_an_idle_one_is_signed_out(app: &TestApp) {
        let working = app.sign_in(OFFICER).await;
        let idle = app.sign_in("analyst@council.example").await;
        for _ in 0..2 {
            app.later(5);
            working.get("/desk").await.expect(200);
        }
        idle.get("/desk").await.expect(303);
        app.later(9);
        working.get("/desk").await.expect(303);
    }
}

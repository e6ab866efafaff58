//! The demonstration: everything on its pages came through the use cases, and nothing else is
//! let in beside it.

use domain::account::{OrganisationKind, Role};
use server::cli::seed;

use crate::support::on_both;

on_both! {
    async fn the_demonstration_shows_every_stage_and_is_made_once(app: &TestApp) {
        app.with_demonstration().await;
        app.with_demonstration().await;
        app.fresh();
        let anyone = app.anyone();
        let home = anyone.get("/").await.expect(200);
        let text = home.main_text();
        for part in ["old goods yard", "Local plan", "A crossing for Priory Road"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(home.has(".app-demo"));
        let ward = anyone.get("/areas?postcode=DY1+1HF").await.expect(303);
        anyone.get(&ward.location().expect("a ward")).await.expect(200);
        let hub = anyone.get("/consultations").await.expect(200).main_text();
        assert_eq!(hub.matches("a brief for the old goods yard").count(), 1, "{hub}");
        assert!(!hub.contains("Bicycle routes"), "a draft is not public: {hub}");
        let outcome = anyone
            .get("/consultations/a-crossing-for-priory-road/outcome")
            .await
            .expect(200)
            .main_text();
        assert!(outcome.contains("You said"), "{outcome}");
    }

    async fn the_sign_in_page_tells_the_passwords_of_a_demonstration_only(app: &TestApp) {
        assert!(!app.anyone().get("/sign-in").await.text().contains("heron"));
        app.with_demonstration().await;
        app.fresh();
        app.anyone().get("/").await.expect(200);
        let page = app.anyone().get("/sign-in").await.expect(200);
        assert!(page.main_text().contains("officer heron canal"));
        assert!(page.main_text().contains("invented"));
        for person in seed::PEOPLE {
            let browser = app.sign_in(person.email).await;
            browser.get("/desk").await.expect(200);
        }
    }

    async fn a_moderator_and_an_approver_of_the_demonstration_have_work(app: &TestApp) {
        app.with_demonstration().await;
        let moderator = app.sign_in_as(Role::Moderator).await;
        let queue = moderator.get("/desk/moderation").await.expect(200);
        assert!(queue.has("main form"), "{}", queue.main_text());
        assert!(!queue.text().contains("07700"));
        let approver = app.sign_in_as(Role::Approver).await;
        let desk = approver.get("/desk/consultations").await.expect(200);
        assert!(desk.main_text().contains("In review"), "{}", desk.main_text());
    }

    async fn a_database_with_anything_else_is_refused(app: &TestApp) {
        let tx = app.app.db.begin().await.expect("begins");
        server::council::commands::set_up::organisation(&tx, "Real Council", OrganisationKind::Council)
            .await
            .expect("made");
        tx.commit().await.expect("commits");
        assert!(seed::demo(&app.app).await.is_err());
        assert!(!app.anyone().get("/").await.has(".app-demo"));
    }
}

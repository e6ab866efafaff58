//! What says who somebody is goes when the privacy page says that it goes.

use domain::retention::{CONCERN_CONTACT_DAYS, LETTER_DAYS};
use entity::{concern_contact, outbox, respondent};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::insight::{conclude, respond};
use crate::neighbourhood::{NORTH, answer, only, raise, wards};
use crate::response::asked::open;
use crate::support::{TestApp, on_both};

async fn days_later(app: &TestApp, days: i64) {
    app.later(days * 24);
    server::jobs::sweep(&app.app).await.expect("swept");
}

on_both! {
    async fn the_way_to_reach_somebody_goes_after_their_concern_has_ended(app: &TestApp) {
        let (north, _) = wards(app).await;
        let contact = [("contact", "yes"), ("name", "Jo Bright"), ("email", "jo@example.org")];
        raise(app, &north, &contact).await;
        let held = || async {
            let count = concern_contact::Entity::find().count(app.app.db.read()).await;
            count.expect("counts")
        };
        // As long as it goes on it is kept.
        days_later(app, CONCERN_CONTACT_DAYS + 1).await;
        assert_eq!(held().await, 1);
        let officer = app.sign_in(NORTH).await;
        let path = only(&officer).await;
        let done = [("ownership", "ours"), ("status", "done"), ("reply", "It is repaired.")];
        answer(&officer, &path, &done).await.expect(303);
        days_later(app, CONCERN_CONTACT_DAYS - 1).await;
        assert_eq!(held().await, 1);
        days_later(app, 2).await;
        assert_eq!(held().await, 0);
        let page = app.sign_in(NORTH).await.get(&path).await.expect(200).main_text();
        assert!(page.contains("It is repaired.") && !page.contains("Jo Bright"), "{page}");
    }

    async fn an_address_left_with_a_response_goes_with_the_letter_about_the_outcome(app: &TestApp) {
        let asked = open(&app.app).await;
        for (name, email) in [("Jo Bright", "jo@example.org"), ("", "sam@example.org"), ("Kim", "")] {
            respond(app, &asked, name, email).await;
        }
        app.run_jobs().await;
        conclude(app, &asked).await;
        app.run_jobs().await;
        let told: Vec<String> = app.letters().await.into_iter().map(|letter| letter.to).collect();
        assert_eq!(told, ["jo@example.org", "sam@example.org"]);
        let left = respondent::Entity::find().all(app.app.db.read()).await.expect("reads");
        assert!(left.iter().all(|row| row.email.is_none()), "{left:?}");
        let mut names: Vec<_> = left.iter().filter_map(|row| row.name.as_deref()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Jo Bright", "Kim"]);
        assert_eq!(left.len(), 2);
    }

    async fn a_letter_that_is_sent_is_emptied_and_one_that_can_not_be_is_given_up(app: &TestApp) {
        app.anyone().post("/reset", &[("email", "officer@council.example")]).await.expect(303);
        app.run_jobs().await;
        let rows = outbox::Entity::find().all(app.app.db.read()).await.expect("reads");
        assert_eq!(rows.len(), 1);
        assert!(rows.iter().all(|row| row.payload == "{}"), "{rows:?}");
        app.anyone().post("/reset", &[("email", "analyst@council.example")]).await.expect(303);
        days_later(app, LETTER_DAYS - 1).await;
        assert_eq!(app.letters().await.len(), 1);
        days_later(app, 2).await;
        let left = outbox::Entity::find().count(app.app.db.read()).await;
        assert_eq!(left, Ok(0));
    }
}

//! Responding, from the first page to *my thread*, and what is sent wrongly.

pub mod asked;
mod bad_input;
mod export;
mod sending;

use crate::support::{Page, TestApp, on_both};
pub use asked::{Asked, open};
use sea_orm::{EntityTrait, PaginatorTrait};
use server::granted::Caller;
use server::response::commands::{RecountTallies, recount_tallies};

/// Sends a whole response up to *check your answers*.
pub async fn check_page(app: &TestApp, asked: &Asked, fields: &[(String, String)]) -> Page {
    let mut sent: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    sent.push(("go", "check"));
    app.anyone().post(&asked.path("respond"), &sent).await
}

/// How many responses are stored.
pub async fn stored(app: &TestApp) -> u64 {
    entity::response::Entity::find()
        .count(app.app.db.read())
        .await
        .expect("counts")
}

/// Every kept count is what the rows say.
pub async fn tallies_agree(app: &TestApp) {
    let (compared, differences) = server::response::queries::compare_tallies::compare(&app.app.db)
        .await
        .expect("counts");
    assert!(compared > 0 && differences.is_empty(), "{differences:?}");
}

on_both! {
    async fn a_resident_goes_through_the_pages_and_follows_the_response_by_its_code(app: &TestApp) {
        let asked = open(&app.app).await;
        let resident = app.anyone();
        let first = resident.get(&asked.path("respond")).await.expect(200);
        assert_eq!(first.texts("h1"), ["Your views"]);
        // A required answer is missing: what was typed stays.
        let again = resident
            .submit(&first, "main form", &[(&asked.answer(0), "Narrow street"), ("go", "next")])
            .await
            .expect(422);
        assert!(again.title().starts_with("Error:"), "{}", again.title());
        assert_eq!(again.errors().len(), 1, "{:?}", again.errors());
        assert_eq!(again.value(&asked.answer(0)), "Narrow street");
        let words = "Call me on 07700 900123 about the kerb";
        let second = resident
            .submit(&again, "main form", &[(&asked.answer(2), words), ("go", "next")])
            .await
            .expect(200);
        let third = resident
            .submit(
                &second,
                "main form",
                &[
                    (&asked.answer(4), "1"),
                    (&asked.answer(6), "0"),
                    (&asked.answer(7), "other"),
                    (&asked.other(7), "Near the school"),
                    ("go", "next"),
                ],
            )
            .await
            .expect(200);
        // Back keeps what is on the page one leaves, and what was on the page before.
        let back = resident
            .submit(&third, "main form", &[(&asked.answer(8), "5"), ("go", "back")])
            .await
            .expect(200);
        assert_eq!(back.value(&asked.other(7)), "Near the school");
        let third = resident.submit(&back, "main form", &[("go", "next")]).await.expect(200);
        assert_eq!(third.value(&asked.answer(8)), "5");
        let about = resident.submit(&third, "main form", &[("go", "next")]).await.expect(200);
        assert_eq!(about.texts("h1"), ["About you"]);
        let check = resident
            .submit(
                &about,
                "main form",
                &[
                    ("name", "Jo Bright"),
                    ("email", "jo@example.org"),
                    ("publication", "named"),
                    ("go", "next"),
                ],
            )
            .await
            .expect(200);
        let said = check.main_text();
        assert!(said.contains("07700 900123 looks like a phone number"), "{said}");
        let preview = check.texts(".app-preview").concat();
        assert!(preview.contains(words) && preview.contains("Jo Bright"), "{preview}");
        assert!(!preview.contains("jo@example.org"), "{preview}");
        resident.submit(&check, "main form", &[]).await.expect(303);
        let receipt = resident.get(&asked.path("receipt")).await.expect(200);
        let code = receipt.texts(".app-code").concat();
        assert_eq!(code.len(), 19, "{code}");
        let letters = app.letters().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, "jo@example.org");
        assert!(letters[0].body.contains(&code));
        let typed = code.to_lowercase().replace('-', " ");
        let thread = app.anyone().post("/receipt", &[("code", &typed)]).await.expect(200);
        let said = thread.main_text();
        assert!(said.contains(words) && said.contains("Near the school"), "{said}");
        assert!(said.contains("A person will check it"), "{said}");
        app.anyone().post("/receipt", &[("code", "AAAA-BBBB-CCCC-DDDD")]).await.expect(422);
        // The code is of use in its consultation's page only with the cookie.
        let stranger = app.anyone().get(&asked.path("receipt")).await.expect(303);
        assert_eq!(stranger.location().as_deref(), Some("/receipt"));
        tallies_agree(app).await;
    }

    async fn a_change_from_the_check_page_returns_to_it(app: &TestApp) {
        let asked = open(&app.app).await;
        let check = check_page(app, &asked, &asked.fields("The kerb is high")).await.expect(200);
        let buttons = check.attributes("main button[formaction]", "formaction");
        assert!(!buttons.is_empty());
        assert!(buttons.iter().all(|to| *to == asked.path("respond")), "{buttons:?}");
        let (_, mut fields) = check.form("main form");
        fields.push(("go".to_owned(), "page:1".to_owned()));
        let sent: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let page = app.anyone().post(&asked.path("respond"), &sent).await.expect(200);
        assert_eq!(page.value(&asked.answer(2)), "The kerb is high");
        let check = app
            .anyone()
            .submit(&page, "main form", &[(&asked.answer(2), "The kerb is low"), ("go", "next")])
            .await
            .expect(200);
        assert_eq!(check.texts("h1"), ["Check your answers"]);
        assert!(check.main_text().contains("The kerb is low"));
    }

    async fn fifty_sendings_of_one_check_page_are_one_response_with_one_receipt(app: &TestApp) {
        let asked = open(&app.app).await;
        let check = check_page(app, &asked, &asked.fields("Once")).await.expect(200);
        let (action, fields) = check.form("main form");
        let sendings = (0..50).map(|_| {
            let (browser, action, fields) = (app.anyone(), action.clone(), fields.clone());
            tokio::spawn(async move {
                let sent: Vec<(&str, &str)> =
                    fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                let answer = browser.post(&action, &sent).await.expect(303);
                answer.header("set-cookie").to_owned()
            })
        });
        let mut cookies = Vec::new();
        for sending in sendings.collect::<Vec<_>>() {
            cookies.push(sending.await.expect("sent"));
        }
        cookies.dedup();
        assert_eq!(cookies.len(), 1);
        assert_eq!(stored(app).await, 1);
        tallies_agree(app).await;
    }

    async fn changing_answers_after_sending_is_told_and_changes_nothing(app: &TestApp) {
        let asked = open(&app.app).await;
        let check = check_page(app, &asked, &asked.fields("First")).await.expect(200);
        let resident = app.anyone();
        let first = resident.submit(&check, "main form", &[]).await.expect(303);
        assert_eq!(first.location(), Some(asked.path("receipt")));
        let second = resident
            .submit(&check, "main form", &[(&asked.answer(2), "Second")])
            .await
            .expect(303);
        let page = resident.follow(&second.location().expect("leads on")).await.expect(200);
        assert!(page.main_text().contains("You had sent this response before"));
        assert_eq!(stored(app).await, 1);
    }

    async fn the_receipt_is_mailed_once_to_an_address(app: &TestApp) {
        let asked = open(&app.app).await;
        let check = check_page(app, &asked, &asked.fields("Mail me")).await.expect(200);
        let resident = app.anyone();
        resident.submit(&check, "main form", &[]).await.expect(303);
        let receipt = resident.get(&asked.path("receipt")).await.expect(200);
        resident.submit(&receipt, "main form", &[("email", "jo at home")]).await.expect(422);
        let done = resident
            .submit(&receipt, "main form", &[("email", "jo@example.org")])
            .await
            .expect(303);
        let page = resident.follow(&done.location().expect("leads on")).await.expect(200);
        assert!(page.main_text().contains("Receipt sent"));
        assert_eq!(app.letters().await.len(), 1);
    }

    async fn a_count_that_is_wrong_is_found_and_written_again(app: &TestApp) {
        let asked = open(&app.app).await;
        app.marked().await;
        let loaded = workshop::load::load(&app.app, &asked.slug, 700).await;
        assert_eq!(loaded.map(|l| l.added).ok(), Some(700));
        let again = workshop::load::load(&app.app, &asked.slug, 710).await;
        assert_eq!(again.map(|l| l.added).ok(), Some(10));
        tallies_agree(app).await;
        // Damage, as a mistaken hand at the database would do it.
        use sea_orm::ConnectionTrait;
        app.app
            .db
            .writing()
            .execute_unprepared(
                "UPDATE tally SET \"count\" = \"count\" + 3 WHERE dimension = 'channel'",
            )
            .await
            .expect("damaged");
        let (_, differences) =
            server::response::queries::compare_tallies::compare(&app.app.db).await.expect("counts");
        assert!(!differences.is_empty() && differences.iter().all(|d| d.kept == d.counted + 3));
        let now = app.app.clock.now();
        recount_tallies(&app.app, &Caller::anyone(now), RecountTallies).await.expect("rebuilt");
        tallies_agree(app).await;
    }
}

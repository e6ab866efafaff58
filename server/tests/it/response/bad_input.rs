//! What is sent wrongly: each has a clear answer and a status, and nothing is stored.

use super::asked::open;
use super::{check_page, stored};
use crate::support::on_both;

const FORM: &str = "application/x-www-form-urlencoded";

on_both! {
    async fn what_no_form_of_ours_sends_is_refused_as_a_whole(app: &TestApp) {
        let asked = open(&app.app).await;
        let at = asked.path("respond");
        let anyone = app.anyone();
        for (name, body) in [
            ("unknown question", "page=1&go=next&answer.999999=x".to_owned()),
            ("unknown field", "page=1&go=next&admin=1".to_owned()),
            ("missing page", "go=next".to_owned()),
            ("page that is not there", "page=77&go=next".to_owned()),
            ("unknown button", "page=1&go=sideways".to_owned()),
            ("a choice that was not offered", format!("page=2&go=next&{}=9", asked.answer(4))),
            ("wrong encoding", format!("page=1&{}=%ff%fe", asked.answer(0))),
            ("broken escape", format!("page=1&{}=%zz", asked.answer(0))),
        ] {
            let page = anyone.post_body(&at, FORM, body).await;
            assert_eq!(page.status, 400, "{name}: {}", page.main_text());
            assert!(page.main_text().contains("could not read"), "{name}");
        }
        let json = anyone.post_body(&at, "application/json", "{}").await;
        assert_eq!(json.status, 400);
        let check = asked.path("check");
        anyone.post(&check, &[("key", "made.up")]).await.expect(400);
        anyone.post(&check, &[]).await.expect(400);
        anyone.post("/consultations/nowhere/respond", &[("page", "1")]).await.expect(404);
        assert_eq!(stored(app).await, 0);
    }

    async fn too_much_is_refused_before_it_is_read(app: &TestApp) {
        let asked = open(&app.app).await;
        let long = "x".repeat(10 * 1024 * 1024);
        let body = format!("page=1&{}={long}", asked.answer(2));
        let page = app.anyone().post_body(&asked.path("respond"), FORM, body).await;
        assert_eq!(page.status, 413);
        assert!(page.main_text().contains("That is too large"));
        let many: String = (0..3_000).map(|_| format!("{}=1&", asked.answer(6))).collect();
        app.anyone().post_body(&asked.path("respond"), FORM, many).await.expect(413);
    }

    async fn an_answer_that_is_too_long_comes_back_whole_with_its_count(app: &TestApp) {
        let asked = open(&app.app).await;
        let text = "é".repeat(10_050);
        let page = app
            .anyone()
            .post(&asked.path("respond"), &[("page", "1"), (&asked.answer(0), "x"), (&asked.answer(2), &text)])
            .await
            .expect(422);
        assert!(page.errors()[0].contains("10,050") && page.errors()[0].contains("Take out 50"), "{:?}", page.errors());
        assert_eq!(page.value(&asked.answer(2)), text);
    }

    async fn a_check_page_of_yesterday_is_shown_again_with_every_answer(app: &TestApp) {
        let asked = open(&app.app).await;
        let check = check_page(app, &asked, &asked.fields("Slow and careful")).await.expect(200);
        app.later(25);
        let again = app.anyone().submit(&check, "main form", &[]).await.expect(422);
        assert!(again.main_text().contains("Look at your answers once more"));
        assert!(again.main_text().contains("Slow and careful"));
        assert_eq!(stored(app).await, 0);
        app.anyone().submit(&again, "main form", &[]).await.expect(303);
        assert_eq!(stored(app).await, 1);
    }

    async fn after_closing_there_is_an_hour_of_grace_and_then_the_words_to_copy(app: &TestApp) {
        let asked = open(&app.app).await;
        app.later(30 * 24 - 1);
        let early = check_page(app, &asked, &asked.fields("Reached in time")).await.expect(200);
        let late = check_page(app, &asked, &asked.fields("Left lying about")).await.expect(200);
        assert!(early.main_text().contains("up to 60 minutes after it closes"));
        app.later(1);
        app.anyone().get(&asked.path("respond")).await.expect(403);
        let resident = app.anyone();
        resident.submit(&early, "main form", &[]).await.expect(303);
        // Nobody begins in the hour of grace.
        check_page(app, &asked, &asked.fields("Too late to begin")).await.expect(403);
        app.later(1);
        let closed = app.anyone().submit(&late, "main form", &[]).await.expect(403);
        let said = closed.main_text();
        assert!(said.contains("This consultation has closed"), "{said}");
        assert!(said.contains("Left lying about"), "{said}");
    }
}

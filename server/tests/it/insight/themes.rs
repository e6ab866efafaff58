//! Themes: added, changed, removed, published; by two people, and with double clicks.

use super::{
    COLLEAGUE, OFFICER, WHOLE, add, answers, closed, desk, entries, new_theme, publish, theme_path,
};
use crate::support::on_both;

on_both! {
    async fn a_theme_is_added_once_changed_and_removed(app: &TestApp) {
        let asked = closed(app).await;
        let officer = app.sign_in(OFFICER).await;
        // What is missing is said, and what was typed stays.
        let form = new_theme(&officer, &asked).await;
        let again = officer
            .submit(&form, "main form", &[("you_said", "It is too high.")])
            .await
            .expect(422);
        assert_eq!(again.errors()[0], "Give the theme a title");
        assert_eq!(again.value("you_said"), "It is too high.");
        // A title is enough to go on later; two clicks on one form make one theme.
        let begun = [("title", "The kerb")];
        for _ in 0..2 {
            let answer = officer.submit(&again, "main form", &begun).await.expect(303);
            assert_eq!(answer.location(), Some(desk(&asked, "answer")));
        }
        // Whoever goes back and types another theme into the same form adds another.
        let other = [("title", "Lamps"), ("you_said", "")];
        officer.submit(&again, "main form", &other).await.expect(303);
        let page = answers(&officer, &asked).await;
        let titles = page.texts("#themes h2");
        assert_eq!(titles, ["The kerb Not complete yet", "Lamps Not complete yet"]);
        assert_eq!(entries(app, &asked).await, ["add-theme", "add-theme"]);
        // Changed; the same again changes nothing more.
        let path = theme_path(&officer, &asked, "theme", 0).await;
        let form = officer.get(&path).await.expect(200);
        assert_eq!(form.value("you_said"), "It is too high.");
        for _ in 0..2 {
            officer.submit(&form, "main form", &WHOLE).await.expect(303);
        }
        let page = answers(&officer, &asked).await;
        assert_eq!(page.texts("#themes h2"), ["The kerb Answered", "Lamps Not complete yet"]);
        assert!(page.main_text().contains("It is lowered."));
        // Removed; the same again finds nothing to remove.
        let path = theme_path(&officer, &asked, "remove", 1).await;
        let question = officer.get(&path).await.expect(200);
        for _ in 0..2 {
            officer.submit(&question, "main form", &[]).await.expect(303);
        }
        assert_eq!(answers(&officer, &asked).await.count("#themes section"), 1);
        let done = ["add-theme", "add-theme", "change-theme", "remove-theme"];
        assert_eq!(entries(app, &asked).await, done);
    }

    async fn a_colleague_who_was_first_is_named_and_nothing_typed_is_lost(app: &TestApp) {
        let asked = closed(app).await;
        let (one, other) = (app.sign_in(OFFICER).await, app.sign_in(COLLEAGUE).await);
        add(&one, &asked, &[("title", "The kerb"), ("you_said", "It is high.")]).await.expect(303);
        let path = theme_path(&one, &asked, "theme", 0).await;
        let (mine, theirs) = (one.get(&path).await, other.get(&path).await);
        other
            .submit(&theirs, "main form", &[("you_said", "It is far too high.")])
            .await
            .expect(303);
        let typed = [("you_said", "It is too high for wheels."), ("because", "Wheels.")];
        let again = one.submit(&mine, "main form", &typed).await.expect(422);
        let said = again.texts(".app-conflict").concat();
        let name = app.member(COLLEAGUE).await.name;
        assert!(said.contains(&format!("{name} changed this")), "{said}");
        assert!(said.contains("It is far too high."), "{said}");
        // The title is the same on both sides and is not told.
        assert!(!said.contains("What is it about?"), "{said}");
        assert_eq!(again.value("you_said"), "It is too high for wheels.");
        assert_eq!(again.value("because"), "Wheels.");
        assert!(answers(&one, &asked).await.main_text().contains("It is far too high."));
        // Sent again, it replaces the colleague's knowingly.
        one.submit(&again, "main form", &[]).await.expect(303);
        let page = answers(&one, &asked).await.main_text();
        assert!(page.contains("It is too high for wheels.") && !page.contains("far too"), "{page}");
    }

    async fn words_about_a_theme_that_a_colleague_removed_make_a_new_one(app: &TestApp) {
        let asked = closed(app).await;
        let (one, other) = (app.sign_in(OFFICER).await, app.sign_in(COLLEAGUE).await);
        add(&one, &asked, &[("title", "The kerb")]).await.expect(303);
        let change = one.get(&theme_path(&one, &asked, "theme", 0).await).await.expect(200);
        let remove = theme_path(&other, &asked, "remove", 0).await;
        let old_question = other.get(&remove).await.expect(200);
        one.submit(&change, "main form", &[("we_asked", "Where?")]).await.expect(303);
        // Nor is a theme removed whose newest words were not seen.
        let question = other.submit(&old_question, "main form", &[]).await.expect(422);
        assert!(question.main_text().contains("Where?"), "{}", question.main_text());
        let form = one.get(&theme_path(&one, &asked, "theme", 0).await).await.expect(200);
        other.submit(&question, "main form", &[]).await.expect(303);
        assert_eq!(answers(&one, &asked).await.count("#themes section"), 0);
        let again = one.submit(&form, "main form", &WHOLE).await.expect(422);
        assert!(again.errors().concat().contains("removed this theme"), "{:?}", again.errors());
        assert_eq!(again.value("because"), "Wheels have to cross it.");
        one.submit(&again, "main form", &[]).await.expect(303);
        let page = answers(&one, &asked).await;
        assert_eq!(page.texts("#themes h2"), ["The kerb Answered"]);
    }

    async fn answers_are_published_when_every_theme_is_whole_and_stay_whole(app: &TestApp) {
        let asked = closed(app).await;
        let officer = app.sign_in(OFFICER).await;
        let outcome = asked.path("outcome");
        let refused = publish(&officer, &asked).await.expect(422);
        assert!(refused.errors().concat().contains("at least one theme"), "{:?}", refused.errors());
        add(&officer, &asked, &WHOLE).await.expect(303);
        add(&officer, &asked, &[("title", "Lamps")]).await.expect(303);
        let refused = publish(&officer, &asked).await.expect(422);
        assert!(refused.errors().concat().contains("1 theme is not"), "{:?}", refused.errors());
        app.fresh();
        let page = app.anyone().get(&outcome).await.expect(200);
        assert!(!page.main_text().contains("It is lowered."), "not published yet");
        let path = theme_path(&officer, &asked, "theme", 1).await;
        let form = officer.get(&path).await.expect(200);
        let mut lamps = WHOLE;
        lamps[0] = ("title", "Lamps");
        let read = answers(&officer, &asked).await;
        let button = "form[action$='/answer/publish']";
        officer.submit(&form, "main form", &lamps).await.expect(303);
        // What was read is not what would be published.
        let refused = officer.submit(&read, button, &[]).await.expect(422);
        let errors = refused.errors().concat();
        assert!(errors.contains("A colleague changed the themes"), "{errors}");
        for _ in 0..2 {
            officer.submit(&refused, button, &[]).await.expect(303);
        }
        let published = entries(app, &asked).await.into_iter().filter(|kind| kind == "publish-answers");
        assert_eq!(published.count(), 1);
        let page = app.anyone().get(&outcome).await.expect(200);
        assert!(page.main_text().contains("It is lowered."), "{}", page.main_text());
        // A published theme may be changed, but not left unfinished or removed.
        let form = officer.get(&path).await.expect(200);
        let again = officer.submit(&form, "main form", &[("because", "")]).await.expect(422);
        assert_eq!(again.errors(), ["Write why, or why not"]);
        officer.submit(&again, "main form", &[("because", "It was dark.")]).await.expect(303);
        let id = form.value("theme");
        let remove = [("theme", id.as_str())];
        officer.post(&desk(&asked, "answer/remove"), &remove).await.expect(403);
        let unfinished = add(&officer, &asked, &[("title", "Trees")]).await.expect(422);
        assert_eq!(unfinished.value("title"), "Trees");
        assert_eq!(answers(&officer, &asked).await.count("#themes section"), 2);
    }

    async fn a_day_that_does_not_exist_is_refused_with_every_word_kept(app: &TestApp) {
        let asked = closed(app).await;
        let officer = app.sign_in(OFFICER).await;
        let mut theme = WHOLE.to_vec();
        theme.extend([
            ("promise", "Lamps too"),
            ("promise_due-day", "30"),
            ("promise_due-month", "2"),
            ("promise_due-year", "2027"),
        ]);
        let again = add(&officer, &asked, &theme).await.expect(422);
        assert_eq!(again.errors().len(), 1, "{:?}", again.errors());
        assert_eq!(again.value("promise_due-day"), "30");
        assert_eq!(again.value("because"), "Wheels have to cross it.");
        officer.submit(&again, "main form", &[("promise_due-day", "28")]).await.expect(303);
        let page = answers(&officer, &asked).await.main_text();
        assert!(page.contains("28 February 2027"), "{page}");
    }
}

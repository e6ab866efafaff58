//! The decision, once and for all, and the promises that are kept after it.

use super::{
    COLLEAGUE, OFFICER, WHOLE, add, answers, closed, desk, entries, new_theme, publish, theme_path,
};
use crate::response::asked::Asked;
use crate::support::{Browser, Page, TestApp, on_both};

const PROMISE: [(&str, &str); 4] = [
    ("promise", "Lamps too"),
    ("promise_due-day", "1"),
    ("promise_due-month", "3"),
    ("promise_due-year", "2099"),
];

/// A closed consultation whose answers are published, one of them with a promise.
async fn answered(app: &TestApp) -> (Asked, Browser) {
    let asked = closed(app).await;
    let officer = app.sign_in(OFFICER).await;
    let mut theme = WHOLE.to_vec();
    theme.extend(PROMISE);
    add(&officer, &asked, &theme).await.expect(303);
    publish(&officer, &asked).await.expect(303);
    (asked, officer)
}

async fn decide(officer: &Browser, form: &Page, words: &str, year: &str) -> Page {
    let fields = [
        ("decision", words),
        ("equality-day", "1"),
        ("equality-month", "2"),
        ("equality-year", year),
    ];
    officer.submit(form, "main form", &fields).await
}

on_both! {
    async fn a_decision_needs_words_and_an_equality_assessment_before_it(app: &TestApp) {
        let (asked, officer) = answered(app).await;
        let form = officer.get(&desk(&asked, "decide")).await.expect(200);
        let again = officer.submit(&form, "main form", &[]).await.expect(422);
        assert_eq!(
            again.errors(),
            ["Write the decision", "Enter the date of the equality impact assessment"]
        );
        let again = decide(&officer, &again, "We build it.", "2099").await.expect(422);
        assert!(again.errors().concat().contains("before the decision"), "{:?}", again.errors());
        assert_eq!(again.value("decision"), "We build it.");
        assert_eq!(again.value("equality-year"), "2099");
        // Two clicks are answered alike, and it is decided once.
        for _ in 0..2 {
            let done = decide(&officer, &again, "We build it.", "2026").await.expect(303);
            assert_eq!(done.location(), Some(asked.path("outcome")));
        }
        let decided = entries(app, &asked).await.into_iter().filter(|kind| kind == "decide");
        assert_eq!(decided.count(), 1);
        let page = app.anyone().get(&asked.path("outcome")).await.expect(200);
        assert!(page.main_text().contains("We build it."), "{}", page.main_text());
    }

    async fn nothing_is_decided_or_added_after_the_decision_and_nothing_typed_is_lost(app: &TestApp) {
        let (asked, officer) = answered(app).await;
        let colleague = app.sign_in(COLLEAGUE).await;
        let late_theme = new_theme(&colleague, &asked).await;
        let late_decision = colleague.get(&desk(&asked, "decide")).await.expect(200);
        let form = officer.get(&desk(&asked, "decide")).await.expect(200);
        decide(&officer, &form, "We build it.", "2026").await.expect(303);
        let name = app.member(OFFICER).await.name;
        let refused = decide(&colleague, &late_decision, "We do not.", "2026").await.expect(422);
        let errors = refused.errors().concat();
        assert!(errors.contains(&format!("{name} recorded the decision")), "{errors}");
        assert_eq!(refused.value("decision"), "We do not.");
        let refused = colleague.submit(&late_theme, "main form", &WHOLE).await.expect(422);
        let errors = refused.errors().concat();
        assert!(errors.contains(&format!("{name} recorded the decision")), "{errors}");
        assert_eq!(refused.value("because"), "Wheels have to cross it.");
        let page = answers(&officer, &asked).await;
        assert_eq!(page.count("#themes section"), 1);
        // Whoever could not have done it before learns nothing new.
        let analyst = app.sign_in("analyst@council.example").await;
        let post = [("decision", "No."), ("title", "No")];
        analyst.post(&desk(&asked, "decide"), &post).await.expect(403);
        analyst.post(&desk(&asked, "answer/theme"), &post).await.expect(403);
        let page = app.anyone().get(&asked.path("outcome")).await.expect(200);
        assert!(page.main_text().contains("We build it."), "{}", page.main_text());
    }

    async fn nobody_decides_on_answers_that_changed_since_they_read_them(app: &TestApp) {
        let (asked, officer) = answered(app).await;
        let colleague = app.sign_in(COLLEAGUE).await;
        let form = officer.get(&desk(&asked, "decide")).await.expect(200);
        let path = theme_path(&colleague, &asked, "theme", 0).await;
        let theme = colleague.get(&path).await.expect(200);
        let otherwise = [("because", "Because the grant ran out.")];
        colleague.submit(&theme, "main form", &otherwise).await.expect(303);
        let refused = decide(&officer, &form, "We build it.", "2026").await.expect(422);
        let errors = refused.errors().concat();
        assert!(errors.contains("A colleague changed the themes"), "{errors}");
        assert_eq!(refused.value("decision"), "We build it.");
        assert_eq!(refused.value("equality-year"), "2026");
        assert!(refused.has("#themes"), "the message leads to the themes");
        // Read and sent again, it is what they mean; a promise that is kept changes no answer.
        let page = answers(&officer, &asked).await;
        let kept = format!("form[action=\"{}\"]", desk(&asked, "promise"));
        officer.submit(&page, &kept, &[]).await.expect(303);
        officer.submit(&refused, "main form", &[]).await.expect(303);
    }

    async fn a_promise_is_kept_once_by_an_officer_of_its_team(app: &TestApp) {
        let (asked, officer) = answered(app).await;
        let page = answers(&officer, &asked).await;
        let form = format!("form[action=\"{}\"]", desk(&asked, "promise"));
        let kept = |page: &Page| page.main_text().contains("Kept.");
        app.fresh();
        let outcome = asked.path("outcome");
        assert!(!kept(&app.anyone().get(&outcome).await));
        for stranger in ["analyst@council.example", "moderator@council.example"] {
            let stranger = app.sign_in(stranger).await;
            stranger.submit(&page, &form, &[]).await.expect(403);
        }
        app.anyone().submit(&page, &form, &[]).await.expect(401);
        app.fresh();
        assert!(!kept(&app.anyone().get(&outcome).await));
        for _ in 0..2 {
            officer.submit(&page, &form, &[]).await.expect(303);
        }
        assert!(kept(&app.anyone().get(&outcome).await.expect(200)));
        let page = answers(&officer, &asked).await;
        assert!(!page.has(&form), "there is nothing left to keep");
        officer.post(&desk(&asked, "promise"), &[("theme", "999")]).await.expect(404);
        use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
        let recorded = entity::audit_entry::Entity::find()
            .filter(entity::audit_entry::Column::Kind.eq("keep-promise"))
            .count(app.app.db.read())
            .await;
        assert_eq!(recorded, Ok(1));
    }

    async fn a_promise_is_not_kept_before_it_is_made_in_public(app: &TestApp) {
        let asked = closed(app).await;
        let officer = app.sign_in(OFFICER).await;
        let mut theme = WHOLE.to_vec();
        theme.extend(PROMISE);
        add(&officer, &asked, &theme).await.expect(303);
        let path = theme_path(&officer, &asked, "theme", 0).await;
        let id = officer.get(&path).await.expect(200).value("theme");
        officer.post(&desk(&asked, "promise"), &[("theme", &id)]).await.expect(403);
    }
}

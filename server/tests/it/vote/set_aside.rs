//! Votes that look as if a program had cast them are set aside, never removed, and let back by a
//! moderator on the record.

use sea_orm::EntityTrait;

use super::{camps, counted, opened};
use crate::support::{TestApp, on_both};

async fn participants(app: &TestApp, on: &domain::consultation::Consultation) -> usize {
    server::jobs::find_opinions(&app.app, app.app.clock.now())
        .await
        .expect("refreshes");
    let found = server::vote::queries::opinion::latest(&app.app, on.id);
    found.expect("found").participants
}

on_both! {
    async fn a_script_that_never_read_the_page_is_set_aside_and_a_moderator_may_let_it_back(app: &TestApp) {
        let (asked, on, ids) = opened(app).await;
        camps(&app.app, &on, &ids, 20).await;
        let id = ids[0].to_string();
        for _ in 0..30 {
            // No page first, so no cookie.
            app.anyone()
                .post(&asked.path("vote"), &[("statement", &id), ("vote", "agree")])
                .await
                .expect(303);
        }
        let reader = app.anyone();
        reader.get(&asked.path("vote")).await.expect(200);
        reader
            .post(&asked.path("vote"), &[("statement", &id), ("vote", "agree")])
            .await
            .expect(303);
        assert_eq!(participants(app, &on).await, 41);
        assert_eq!(counted(app).await, 40 * 8 + 31, "nothing is removed");

        let path = format!("/desk/consultations/{}/votes-aside", asked.slug);
        let moderator = app.sign_in("moderator@council.example").await;
        let page = moderator.get(&path).await.expect(200);
        assert!(page.main_text().contains("30 set aside, 0 let back"), "{}", page.main_text());
        let officer = app.sign_in("officer@council.example").await;
        let seen = officer.get(&path).await.expect(200);
        assert!(!seen.has("main form"), "an officer looks and a moderator decides");
        officer.post(&path, &[("reason", "unread"), ("set-aside", "no")]).await.expect(403);

        moderator.submit(&page, "main form", &[]).await.expect(303);
        assert_eq!(participants(app, &on).await, 71);
        let page = moderator.get(&path).await.expect(200);
        assert!(page.main_text().contains("0 set aside, 30 let back"), "{}", page.main_text());
        // Whom a person has let back is not flagged again by the next look.
        assert_eq!(participants(app, &on).await, 71);
        let kinds: Vec<String> = entity::audit_entry::Entity::find()
            .all(app.app.db.read())
            .await
            .expect("reads")
            .into_iter()
            .map(|row| row.kind)
            .collect();
        assert!(kinds.iter().any(|kind| kind == "set-votes-aside"), "{kinds:?}");
        assert!(kinds.iter().any(|kind| kind == "let-votes-back"), "{kinds:?}");
    }

    async fn where_votes_came_from_is_forgotten_after_a_fortnight(app: &TestApp) {
        let (asked, _, ids) = opened(app).await;
        let voter = app.anyone();
        let id = ids[0].to_string();
        voter.post(&asked.path("vote"), &[("statement", &id), ("vote", "pass")]).await.expect(303);
        let kept = || async {
            entity::voter_source::Entity::find()
                .all(app.app.db.read())
                .await
                .expect("reads")
                .len()
        };
        assert_eq!(kept().await, 1);
        app.later(15 * 24);
        let caller = server::granted::Caller::anyone(app.app.clock.now());
        server::vote::commands::forget_sources(&app.app, &caller, server::vote::commands::ForgetSources)
            .await
            .expect("forgets");
        assert_eq!(kept().await, 0);
        assert_eq!(counted(app).await, 1, "the vote stays");
    }
}

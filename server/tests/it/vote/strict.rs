//! Moderation is strict: what is not approved is on no page, in no report, export or feed.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{camps, opened};
use crate::support::{TestApp, on_both};

const OWN: &str = "Zebras painted by the school";

async fn own(app: &TestApp) -> i64 {
    entity::statement::Entity::find()
        .filter(entity::statement::Column::Text.eq(OWN))
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("the statement")
        .id
}

/// Everything that anybody may read about a consultation.
async fn everywhere(app: &TestApp, slug: &str) -> String {
    let mut all = String::new();
    for path in [
        "/consultations".to_owned(),
        "/consultations.atom".to_owned(),
        "/outcomes".to_owned(),
        format!("/consultations/{slug}"),
        format!("/consultations/{slug}/vote"),
        format!("/consultations/{slug}/opinion"),
        format!("/consultations/{slug}/opinion.json"),
        format!("/consultations/{slug}/opinion/comments.csv"),
        format!("/consultations/{slug}/opinion/participants-votes.csv"),
        format!("/consultations/{slug}/outcome"),
    ] {
        app.fresh();
        let page = app.anyone().follow(&path).await;
        assert!(page.status < 500, "{path}");
        all.push_str(&page.text());
    }
    all
}

async fn decide(app: &TestApp, id: i64, decision: &str) {
    let moderator = app.sign_in("moderator@council.example").await;
    // The version that the page shows.
    let subject = format!("statement/{id}");
    let version = server::record::revision::version(app.app.db.read(), &subject)
        .await
        .expect("reads")
        .to_string();
    let fields = [
        ("kind", "statement"),
        ("item", &id.to_string()),
        ("state", "held"),
        ("page", "1"),
        ("version", &version),
        ("decision", decision),
        ("reason", "off-topic"),
    ];
    moderator
        .post("/desk/moderation", &fields)
        .await
        .expect(303);
}

on_both! {
    async fn a_statement_is_seen_while_it_is_approved_and_never_otherwise(app: &TestApp) {
        let (asked, on, mut ids) = opened(app).await;
        let voter = app.anyone();
        let page = voter.get(&asked.path("vote")).await.expect(200);
        voter
            .submit(&page, ".soundings-own-statement form", &[("text", OWN)])
            .await
            .expect(303);
        let id = own(app).await;
        camps(&app.app, &on, &ids, 15).await;
        assert!(!everywhere(app, &asked.slug).await.contains(OWN), "held");
        // Nobody can vote on it by its number either.
        let vote = [("statement", id.to_string()), ("vote", "agree".to_owned())];
        let vote: Vec<(&str, &str)> = vote.iter().map(|(n, v)| (*n, v.as_str())).collect();
        voter.post(&asked.path("vote"), &vote).await.expect(404);

        decide(app, id, "approve").await;
        ids.push(id);
        camps(&app.app, &on, &ids, 15).await;
        app.release().await;
        let seen = everywhere(app, &asked.slug).await;
        assert!(seen.contains(OWN), "approved");

        // Rejected after all: gone at once, before anything is worked out again.
        decide(app, id, "reject").await;
        assert!(!everywhere(app, &asked.slug).await.contains(OWN), "rejected");
        app.release().await;
        app.later(31 * 24);
        let closed = everywhere(app, &asked.slug).await;
        assert!(!closed.contains(OWN), "rejected, and closed");
        assert!(!closed.contains(&format!(",{id},")), "nor its number in a file");
        assert!(closed.contains("participant,n-votes"), "the files are there");
    }
}

//! Near-duplicates are offered before a statement is sent.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::opened;
use crate::support::{TestApp, on_both};

async fn held(app: &TestApp) -> u64 {
    entity::statement::Entity::find()
        .filter(entity::statement::Column::State.eq("held"))
        .count(app.app.db.read())
        .await
        .expect("counts")
}

on_both! {
    async fn somebody_who_says_what_is_said_already_is_offered_a_vote_on_it(app: &TestApp) {
        let (asked, _, ids) = opened(app).await;
        let voter = app.anyone();
        let page = voter.get(&asked.path("vote")).await.expect(200);
        let words = "More lamps are needed here at night";
        let offered = voter
            .submit(&page, ".soundings-own-statement form", &[("text", words)])
            .await
            .expect(200);
        assert_eq!(offered.texts("h1"), ["Is one of these what you mean?"]);
        assert!(offered.main_text().contains("More lamps are needed at night."));
        assert!(offered.main_text().contains(words));
        assert_eq!(held(app).await, 0);
        // A vote on it is one click.
        let statement = offered.attributes("li input[name=statement]", "value");
        assert_eq!(statement, [ids[2].to_string()]);
        voter
            .submit(&offered, "li form", &[("vote", "agree")])
            .await
            .expect(303);
        // And one's own is taken all the same, once.
        for _ in 0..2 {
            voter
                .submit(&offered, ".soundings-own-statement form", &[])
                .await
                .expect(303);
        }
        assert_eq!(held(app).await, 1);
    }

    async fn something_else_is_taken_at_once_and_wrong_words_are_refused_first(app: &TestApp) {
        let (asked, _, _) = opened(app).await;
        let voter = app.anyone();
        let page = voter.get(&asked.path("vote")).await.expect(200);
        let form = ".soundings-own-statement form";
        let long = "More lamps are needed at night. ".repeat(8);
        let refused = voter.submit(&page, form, &[("text", &long)]).await.expect(422);
        assert!(refused.title().starts_with("Error:"));
        voter
            .submit(&page, form, &[("text", "Plant lime trees on the square")])
            .await
            .expect(303);
        assert_eq!(held(app).await, 1);
    }
}

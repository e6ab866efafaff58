//! The moderators' queue: decisions of each kind, their counts, and two moderators at one moment.

mod two_people;

use domain::account::Role;
use domain::moderation::State;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::insight::respond;
use crate::response::asked::{Asked, open_with};
use crate::response::tallies_agree;
use crate::support::{Browser, Page, TestApp, on_both};

pub const MODERATOR: &str = "moderator@council.example";
/// A second moderator of the same team, once given that role.
pub const COLLEAGUE: &str = "analyst@council.example";

const STATEMENTS: &str = "/desk/moderation?kind=statement";
const ANSWERS: &str = "/desk/moderation?kind=answer";

/// An open consultation with two moderators of its team.
pub async fn moderated(app: &TestApp) -> Asked {
    let asked = open_with(&app.app, &["The crossing should be raised."]).await;
    app.also_in_team_of(MODERATOR, COLLEAGUE, Role::Moderator)
        .await;
    asked
}

/// A resident adds a statement.
pub async fn state(app: &TestApp, asked: &Asked, text: &str) {
    let resident = app.anyone();
    let page = resident.get(&asked.path("vote")).await.expect(200);
    let form = format!("form[action=\"{}\"]", asked.path("vote/statement"));
    resident
        .submit(&page, &form, &[("text", text), ("sure", "yes")])
        .await
        .expect(303);
}

/// The first form on a page of the queue.
pub const FIRST: &str = "article form";

/// Decides on the first text of a page.
pub async fn decide(by: &Browser, page: &Page, decision: &str, reason: &str) -> Page {
    by.submit(page, FIRST, &[("decision", decision), ("reason", reason)])
        .await
}

/// How many free-text answers are in this state.
pub async fn answers_in(app: &TestApp, state: State) -> usize {
    entity::answer::Entity::find()
        .filter(entity::answer::Column::Text.is_not_null())
        .filter(entity::answer::Column::TextState.eq(state.code()))
        .all(app.app.db.read())
        .await
        .expect("reads")
        .len()
}

/// How many decisions are kept.
pub async fn decisions(app: &TestApp) -> usize {
    entity::moderation_decision::Entity::find()
        .all(app.app.db.read())
        .await
        .expect("reads")
        .len()
}

on_both! {
    async fn a_moderator_is_shown_what_its_author_was_shown(app: &TestApp) {
        let asked = moderated(app).await;
        respond(app, &asked, "", "").await;
        state(app, &asked, "Ring Jo on 07700 900123: her asthma, her car AB12 CDE").await;
        let moderator = app.sign_in(MODERATOR).await;
        let queue = moderator.get(STATEMENTS).await.expect(200);
        assert_eq!(
            queue.texts("mark.app-flag"),
            [
                "07700 900123 (looks like a phone number)",
                "asthma (looks like a word about health)",
                "AB12 CDE (looks like a number plate)",
            ]
        );
        let told = queue.texts(".app-flags").concat();
        assert!(told.contains("look before you approve"), "{told}");
        assert!(told.contains("AB12 CDE looks like a number plate"), "{told}");
        let answers = moderator.get(ANSWERS).await.expect(200);
        assert!(!answers.has(".app-flag"), "{}", answers.main_text());
    }

    async fn an_answer_is_approved_rejected_and_held_again_and_its_counts_move(app: &TestApp) {
        let asked = moderated(app).await;
        respond(app, &asked, "", "").await;
        // A one-line and a long answer wait.
        assert_eq!(answers_in(app, State::Held).await, 2);
        let moderator = app.sign_in(MODERATOR).await;
        let queue = moderator.get(ANSWERS).await.expect(200);
        assert!(queue.main_text().contains("Answers waiting (2)"), "{}", queue.main_text());
        // A rejection needs a reason.
        let refused = decide(&moderator, &queue, "reject", "").await.expect(422);
        assert_eq!(refused.errors(), ["Choose a reason for the rejection"]);
        decide(&moderator, &refused, "reject", "abusive").await.expect(303);
        let queue = moderator.get(ANSWERS).await.expect(200);
        decide(&moderator, &queue, "approve", "").await.expect(303);
        let all = [State::Held, State::Approved, State::Rejected];
        let mut counts = Vec::new();
        for state in all {
            counts.push(answers_in(app, state).await);
        }
        assert_eq!(counts, [0, 1, 1]);
        tallies_agree(app).await;
        let rejected = moderator.get("/desk/moderation?kind=answer&state=rejected").await.expect(200);
        let words = rejected.main_text();
        assert!(words.contains("1 free-text answers rejected"), "{words}");
        assert!(words.contains("Rejected: It is abusive or threatening"), "{words}");
        decide(&moderator, &rejected, "hold", "").await.expect(303);
        assert_eq!(answers_in(app, State::Held).await, 1);
        tallies_agree(app).await;
        assert_eq!(decisions(app).await, 3);
    }

    async fn a_statement_is_voted_on_only_while_it_is_approved(app: &TestApp) {
        let asked = moderated(app).await;
        let text = "More lamps are needed at night by the shops.";
        state(app, &asked, text).await;
        let shown = || async {
            app.fresh();
            let page = app.anyone().get(&asked.path("vote")).await.expect(200);
            page.main_text().contains("of 2")
        };
        assert!(!shown().await);
        let moderator = app.sign_in(MODERATOR).await;
        let queue = moderator.get(STATEMENTS).await.expect(200);
        assert!(queue.main_text().contains(text), "{}", queue.main_text());
        decide(&moderator, &queue, "approve", "").await.expect(303);
        let row = || async {
            let found = entity::statement::Entity::find()
                .filter(entity::statement::Column::Text.eq(text));
            found.one(app.app.db.read()).await.expect("reads").expect("a statement")
        };
        assert_eq!(row().await.state, "approved");
        let approved = moderator.get("/desk/moderation?kind=statement&state=approved").await;
        decide(&moderator, &approved.expect(200), "reject", "duplicate").await.expect(303);
        let now = row().await;
        assert_eq!((now.state.as_str(), now.reason_code.as_deref()), ("rejected", Some("duplicate")));
    }

    async fn whoever_does_not_moderate_decides_nothing_and_learns_nothing(app: &TestApp) {
        let asked = moderated(app).await;
        respond(app, &asked, "", "").await;
        let moderator = app.sign_in(MODERATOR).await;
        let queue = moderator.get(ANSWERS).await.expect(200);
        for stranger in ["officer@council.example", "administrator@council.example"] {
            let stranger = app.sign_in(stranger).await;
            decide(&stranger, &queue, "approve", "").await.expect(403);
            let unknown = [("kind", "answer"), ("item", "99999"), ("decision", "approve")];
            stranger.post("/desk/moderation", &unknown).await.expect(403);
        }
        let elsewhere = app.sign_in("inspector@police.example").await;
        decide(&elsewhere, &queue, "approve", "").await.expect(403);
        let answer = decide(&app.anyone(), &queue, "approve", "").await.expect(401);
        assert!(answer.links().contains(&"/sign-in".to_owned()));
        assert_eq!(answers_in(app, State::Held).await, 2);
        assert_eq!(decisions(app).await, 0);
        let unknown = [("kind", "answer"), ("item", "99999"), ("decision", "approve")];
        moderator.post("/desk/moderation", &unknown).await.expect(404);
    }
}

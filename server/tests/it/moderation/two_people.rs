//! Two moderators with one text before them.

use domain::edit::Version;
use domain::moderation::{Decision, Reason, State, SubjectKind};
use sea_orm::{EntityTrait, QueryOrder};
use server::App;
use server::db::Point;
use server::error::Denied;
use server::granted::Caller;
use server::moderation::commands::{TakeDecision, take_decision};

use super::{
    ANSWERS, COLLEAGUE, MODERATOR, STATEMENTS, answers_in, decide, decisions, moderated, state,
};
use crate::insight::respond;
use crate::response::tallies_agree;
use crate::support::{TestApp, on_both, together};

async fn first_answer(app: &TestApp) -> i64 {
    entity::answer::Entity::find()
        .order_by_asc(entity::answer::Column::Id)
        .all(app.app.db.read())
        .await
        .expect("reads")
        .into_iter()
        .find(|row| row.text.is_some())
        .expect("a text")
        .id
}

async fn take(app: App, caller: Caller, id: i64, decision: Decision) -> Result<(), Denied> {
    let command = TakeDecision {
        kind: SubjectKind::Answer,
        id,
        decision,
        seen: Version::default(),
    };
    take_decision(&app, &caller, command).await
}

on_both! {
    async fn who_approves_from_an_older_page_learns_that_it_was_rejected(app: &TestApp) {
        let asked = moderated(app).await;
        respond(app, &asked, "", "").await;
        let (one, other) = (app.sign_in(MODERATOR).await, app.sign_in(COLLEAGUE).await);
        let (mine, theirs) = (one.get(ANSWERS).await, other.get(ANSWERS).await);
        decide(&one, &mine, "reject", "abusive").await.expect(303);
        let refused = decide(&other, &theirs, "approve", "").await.expect(422);
        let said = refused.texts(".app-conflict").concat();
        let name = app.member(MODERATOR).await.name;
        assert!(said.contains(&format!("{name} rejected this text on")), "{said}");
        assert!(said.contains("It is abusive or threatening"), "{said}");
        assert!(said.contains("You chose to approve it"), "{said}");
        assert!(said.contains("Narrow"), "the text itself: {said}");
        assert_eq!(answers_in(app, State::Approved).await, 0);
        assert_eq!(decisions(app).await, 1);
        tallies_agree(app).await;
        // Knowing that, they may decide again.
        let again = ".app-conflict form";
        other.submit(&refused, again, &[("decision", "approve")]).await.expect(303);
        assert_eq!(answers_in(app, State::Approved).await, 1);
        tallies_agree(app).await;
    }

    async fn the_same_for_a_statement_and_a_chosen_reason_is_kept(app: &TestApp) {
        let asked = moderated(app).await;
        state(app, &asked, "More lamps are needed at night by the shops.").await;
        let (one, other) = (app.sign_in(MODERATOR).await, app.sign_in(COLLEAGUE).await);
        let (mine, theirs) = (one.get(STATEMENTS).await, other.get(STATEMENTS).await);
        decide(&one, &mine, "approve", "").await.expect(303);
        let refused = decide(&other, &theirs, "reject", "off-topic").await.expect(422);
        let said = refused.texts(".app-conflict").concat();
        assert!(said.contains("approved this text"), "{said}");
        assert_eq!(refused.value("reason"), "off-topic");
    }

    async fn two_clicks_and_two_of_one_mind_are_answered_alike(app: &TestApp) {
        let asked = moderated(app).await;
        respond(app, &asked, "", "").await;
        let (one, other) = (app.sign_in(MODERATOR).await, app.sign_in(COLLEAGUE).await);
        let (mine, theirs) = (one.get(ANSWERS).await, other.get(ANSWERS).await);
        let first = decide(&one, &mine, "approve", "").await.expect(303);
        let second = decide(&one, &mine, "approve", "").await.expect(303);
        assert_eq!(first.location(), second.location());
        decide(&other, &theirs, "approve", "").await.expect(303);
        assert_eq!(decisions(app).await, 1);
        tallies_agree(app).await;
    }

    async fn reject_and_approve_at_one_moment(app: &TestApp) {
        let asked = moderated(app).await;
        respond(app, &asked, "", "").await;
        let id = first_answer(app).await;
        let (one, other) = (app.caller(MODERATOR).await, app.caller(COLLEAGUE).await);
        let (rejected, approved) = together(
            app,
            Point::Granted,
            |app| take(app, one, id, Decision::Reject(Reason::Abusive)),
            |app| take(app, other, id, Decision::Approve),
        )
        .await;
        assert!(rejected.is_ok());
        assert!(matches!(approved, Err(Denied::Changed(_))), "{approved:?}");
        assert_eq!(answers_in(app, State::Approved).await, 0);
        assert_eq!(decisions(app).await, 1);
        tallies_agree(app).await;
    }

    async fn two_clicks_at_one_moment_decide_once(app: &TestApp) {
        let asked = moderated(app).await;
        respond(app, &asked, "", "").await;
        let id = first_answer(app).await;
        let one = app.caller(MODERATOR).await;
        let click = |app: App| take(app, one.clone(), id, Decision::Approve);
        let (first, second) = together(app, Point::BeforeCommit, click, click).await;
        assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
        assert_eq!(decisions(app).await, 1);
        tallies_agree(app).await;
    }
}

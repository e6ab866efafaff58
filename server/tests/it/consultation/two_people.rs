//! Two people, or two clicks, at one moment, stopped inside their use cases: the end is that of one
//! after the other.

use domain::consultation::Stage;
use domain::consultation::draft::{About, NewOption};
use domain::consultation::read::ConsultationDetail;
use domain::edit::{CreationKey, Version};
use domain::ids::OptionId;
use server::App;
use server::consultation::commands::{
    AddOption, Approve, BeginDraft, ChangeAbout, ChangeOption, Publish, RemoveOption, SendBack,
    SubmitForReview, Withdraw, add_option, approve, begin_draft, change_about, change_option,
    publish as publish_it, remove_option, send_back, submit_for_review, withdraw,
};
use server::consultation::queries::detail::consultation_detail;
use server::consultation::rows::by_slug;
use server::db::Point;
use server::error::{Denied, Refused};
use server::granted::Caller;

use super::{APPROVER, OFFICER, TITLE, whole_draft};
use crate::support::{TestApp, on_both, together};

const POINTS: [Point; 2] = [Point::Granted, Point::BeforeCommit];

async fn about(app: App, caller: Caller, on: String, body: &'static str) -> Result<(), String> {
    let about = About {
        title: TITLE.to_owned(),
        summary: "Where should people cross the canal road?".to_owned(),
        topic: "Streets".to_owned(),
        body: body.to_owned(),
    };
    let seen = Version(1);
    match change_about(&app, &caller, ChangeAbout { on, about, seen }).await {
        Ok(()) => Ok(()),
        Err(Refused::Denied(Denied::Changed(changed))) => Err(changed.by),
        Err(other) => Err(other.to_string()),
    }
}

async fn option(app: App, caller: Caller, on: String, title: &str, key: String) -> OptionId {
    let option = NewOption {
        title: title.to_owned(),
        ..NewOption::default()
    };
    let key = CreationKey::typed(&key);
    add_option(&app, &caller, AddOption { on, option, key })
        .await
        .expect("added")
}

async fn submitted(app: App, caller: Caller, on: String) -> bool {
    submit_for_review(&app, &caller, SubmitForReview { on })
        .await
        .is_ok()
}

/// Approves what this person finds in review.
async fn approved(app: App, caller: Caller, on: String, seen: Version) -> bool {
    approve(&app, &caller, Approve { on, seen }).await.is_ok()
}

/// Which text of it waits for approval.
async fn waiting(app: &TestApp, slug: &str) -> Version {
    let on = by_slug(app.app.db.read(), slug).await.expect("reads");
    on.expect("one").milestones.submission()
}

async fn back(app: App, caller: Caller, on: String) -> bool {
    let note = "Say what it costs".to_owned();
    send_back(&app, &caller, SendBack { on, note })
        .await
        .is_ok()
}

async fn published(app: App, caller: Caller, on: String) -> bool {
    publish_it(&app, &caller, Publish { on }).await.is_ok()
}

async fn withdrawn(app: App, caller: Caller, on: String) -> bool {
    withdraw(&app, &caller, Withdraw { on }).await.is_ok()
}

async fn detail(app: &TestApp, slug: &str) -> ConsultationDetail {
    let db = app.app.db.read();
    let on = by_slug(db, slug).await.expect("reads").expect("one");
    consultation_detail(db, on.id, app.app.clock.now())
        .await
        .expect("reads")
        .expect("one")
}

async fn stage(app: &TestApp, slug: &str) -> Stage {
    let on = by_slug(app.app.db.read(), slug).await.expect("reads");
    let on = on.expect("one");
    assert!(
        on.milestones.approved.is_none() || on.milestones.submitted.is_some(),
        "approved and not submitted: {:?}",
        on.milestones
    );
    on.stage(app.app.clock.now())
}

/// How often the record says this of the consultation.
async fn entries(app: &TestApp, slug: &str, kind: &str) -> u64 {
    use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
    entity::audit_entry::Entity::find()
        .filter(entity::audit_entry::Column::Subject.eq(slug))
        .filter(entity::audit_entry::Column::Kind.eq(kind))
        .count(app.app.db.read())
        .await
        .expect("reads")
}

/// A whole draft that was sent for review.
async fn in_review(app: &TestApp, title: &str) -> String {
    let officer = app.sign_in(OFFICER).await;
    let slug = whole_draft(app, &officer, title).await;
    assert!(submitted(app.app.clone(), app.caller(OFFICER).await, slug.clone()).await);
    slug
}

on_both! {
    async fn approve_and_send_back_never_end_approved_and_not_submitted(app: &TestApp) {
        let approver = app.caller(APPROVER).await;
        for point in POINTS {
            let slug = in_review(app, TITLE).await;
            let on = || slug.clone();
            let seen = waiting(app, &slug).await;
            let (first, second) = together(
                app,
                point,
                |app| approved(app, approver.clone(), on(), seen),
                |app| back(app, approver.clone(), on()),
            )
            .await;
            assert!(first && !second, "{point:?}");
            assert_eq!(stage(app, &slug).await, Stage::Approved);
            let slug = in_review(app, TITLE).await;
            let on = || slug.clone();
            let seen = waiting(app, &slug).await;
            let (first, second) = together(
                app,
                point,
                |app| back(app, approver.clone(), on()),
                |app| approved(app, approver.clone(), on(), seen),
            )
            .await;
            assert!(first && !second, "{point:?}");
            assert_eq!(stage(app, &slug).await, Stage::Draft);
            // Sent again, it waits for an approval again.
            assert!(submitted(app.app.clone(), app.caller(OFFICER).await, on()).await);
            assert_eq!(stage(app, &slug).await, Stage::InReview);
        }
    }

    async fn what_is_in_review_is_what_was_saved_before_it_was_sent(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let caller = app.caller(OFFICER).await;
        for point in POINTS {
            let slug = whole_draft(app, &officer, TITLE).await;
            let on = || slug.clone();
            let (sent, saved) = together(
                app,
                point,
                |app| submitted(app, caller.clone(), on()),
                |app| about(app, caller.clone(), on(), "Too late"),
            )
            .await;
            assert!(sent && saved.is_err(), "{point:?}");
            assert!(!detail(app, &slug).await.body.contains("Too late"));
            let slug = whole_draft(app, &officer, TITLE).await;
            let on = || slug.clone();
            let (saved, sent) = together(
                app,
                point,
                |app| about(app, caller.clone(), on(), "In time"),
                |app| submitted(app, caller.clone(), on()),
            )
            .await;
            assert!(sent && saved.is_ok(), "{point:?}");
            assert_eq!(detail(app, &slug).await.body, "In time");
        }
    }

    async fn two_who_change_one_section_both_see_it(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let caller = app.caller(OFFICER).await;
        for point in POINTS {
            let slug = whole_draft(app, &officer, TITLE).await;
            let on = || slug.clone();
            let (first, second) = together(
                app,
                point,
                |app| about(app, caller.clone(), on(), "Mine"),
                |app| about(app, caller.clone(), on(), "Theirs"),
            )
            .await;
            let name = app.member(OFFICER).await.name;
            assert_eq!((first, second), (Ok(()), Err(name)), "{point:?}");
            assert_eq!(detail(app, &slug).await.body, "Mine");
            // Two of one mind, or one who clicked twice: no refusal.
            let slug = whole_draft(app, &officer, TITLE).await;
            let on = || slug.clone();
            let (first, second) = together(
                app,
                point,
                |app| about(app, caller.clone(), on(), "Ours"),
                |app| about(app, caller.clone(), on(), "Ours"),
            )
            .await;
            assert_eq!((first, second), (Ok(()), Ok(())), "{point:?}");
        }
    }

    async fn two_options_have_two_places_and_two_clicks_make_one(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let caller = app.caller(OFFICER).await;
        for point in POINTS {
            let slug = whole_draft(app, &officer, TITLE).await;
            let on = || slug.clone();
            let key = |word: &str| format!("{point:?} {word}");
            let (first, second) = together(
                app,
                point,
                |app| option(app, caller.clone(), on(), "A bridge", key("one")),
                |app| option(app, caller.clone(), on(), "A ferry", key("two")),
            )
            .await;
            assert_ne!(first, second);
            let titles: Vec<String> =
                detail(app, &slug).await.options.into_iter().map(|one| one.title).collect();
            assert_eq!(titles[2..], ["A bridge", "A ferry"], "{point:?}");
            let (first, second) = together(
                app,
                point,
                |app| option(app, caller.clone(), on(), "A tunnel", key("three")),
                |app| option(app, caller.clone(), on(), "A tunnel", key("three")),
            )
            .await;
            assert_eq!(first, second);
            assert_eq!(detail(app, &slug).await.options.len(), 5);
        }
    }

    async fn of_an_option_that_is_removed_and_changed_at_one_moment_the_first_stands(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let caller = app.caller(OFFICER).await;
        async fn change(app: App, caller: Caller, on: String, which: OptionId) -> bool {
            let option = NewOption { title: "Another".to_owned(), ..NewOption::default() };
            let seen = Version::default();
            change_option(&app, &caller, ChangeOption { on, which, option, seen }).await.is_ok()
        }
        async fn remove(app: App, caller: Caller, on: String, which: OptionId) -> bool {
            let seen = Version::default();
            remove_option(&app, &caller, RemoveOption { on, which, seen }).await.is_ok()
        }
        for point in POINTS {
            let slug = whole_draft(app, &officer, TITLE).await;
            let on = || slug.clone();
            let ids: Vec<OptionId> =
                detail(app, &slug).await.options.into_iter().map(|one| one.id).collect();
            let (removed, changed) = together(
                app,
                point,
                |app| remove(app, caller.clone(), on(), ids[0]),
                |app| change(app, caller.clone(), on(), ids[0]),
            )
            .await;
            assert!(removed && !changed, "{point:?}");
            let (changed, removed) = together(
                app,
                point,
                |app| change(app, caller.clone(), on(), ids[1]),
                |app| remove(app, caller.clone(), on(), ids[1]),
            )
            .await;
            // What a colleague changed a moment ago is not thrown away unseen.
            assert!(!removed && changed, "{point:?}");
            let left = detail(app, &slug).await.options;
            assert_eq!(left.len(), 1, "{point:?}");
            assert_eq!(left[0].title, "Another");
        }
    }

    async fn publish_withdraw_and_their_second_clicks(app: &TestApp) {
        let officer = app.caller(OFFICER).await;
        for point in POINTS {
            let slug = in_review(app, TITLE).await;
            let on = || slug.clone();
            let seen = waiting(app, &slug).await;
            assert!(approved(app.app.clone(), app.caller(APPROVER).await, on(), seen).await);
            let clicks = together(
                app,
                point,
                |app| published(app, officer.clone(), on()),
                |app| published(app, officer.clone(), on()),
            )
            .await;
            assert_eq!(clicks, (true, true), "{point:?}");
            assert_eq!(entries(app, &slug, "publish").await, 1);
            let (first, second) = together(
                app,
                point,
                |app| withdrawn(app, officer.clone(), on()),
                |app| withdrawn(app, officer.clone(), on()),
            )
            .await;
            assert!(first && second);
            assert_eq!(entries(app, &slug, "withdraw").await, 1);
            assert_eq!(stage(app, &slug).await, Stage::Withdrawn);
            // What was withdrawn a moment ago is not published.
            let slug = in_review(app, TITLE).await;
            let on = || slug.clone();
            let seen = waiting(app, &slug).await;
            assert!(approved(app.app.clone(), app.caller(APPROVER).await, on(), seen).await);
            let (gone, public) = together(
                app,
                point,
                |app| withdrawn(app, officer.clone(), on()),
                |app| published(app, officer.clone(), on()),
            )
            .await;
            assert!(gone && !public, "{point:?}");
            assert_eq!(stage(app, &slug).await, Stage::Withdrawn);
        }
    }

    async fn two_drafts_of_one_title_have_two_names_and_two_clicks_begin_one(app: &TestApp) {
        let caller = app.caller(OFFICER).await;
        let team = app.member(OFFICER).await.teams_as(domain::account::Role::Officer)[0];
        let begin = |key: &str| {
            let (caller, key) = (caller.clone(), CreationKey::typed(key));
            let command = BeginDraft {
                title: TITLE.to_owned(),
                team,
                regime: "non-statutory".to_owned(),
                invented: true,
                key,
            };
            |app: App| async move { begin_draft(&app, &caller, command).await.expect("begun") }
        };
        for (point, keys) in POINTS.into_iter().zip([["a", "b"], ["c", "d"]]) {
            let (first, second) = together(app, point, begin(keys[0]), begin(keys[1])).await;
            assert_ne!(first.slug, second.slug, "{point:?}");
            let key = format!("{} again", keys[0]);
            let (first, second) = together(app, point, begin(&key), begin(&key)).await;
            assert_eq!(first, second, "{point:?}");
        }
    }
}

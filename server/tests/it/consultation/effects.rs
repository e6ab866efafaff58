//! What each use case leaves behind: what is stored, and what the record says of it.

use domain::account::NotPermitted;
use domain::consultation::draft::{
    About, Contact, Dates, DraftRefused, NewOption, NewQuestion, Places, Scope,
};
use domain::consultation::read::ConsultationDetail;
use domain::consultation::{Choices, QuestionKind, Stage};
use domain::edit::{CreationKey, Version};
use server::consultation::commands::{self, *};
use server::consultation::queries::detail::consultation_detail;
use server::consultation::rows::{by_slug, questions};
use server::error::{Denied, Refused};
use server::granted::Caller;

use super::{APPROVER, OFFICER, TITLE, begin, whole_draft};
use crate::support::{TestApp, on_both};

const SEEN: Version = Version(0);

fn text(words: &str) -> String {
    words.to_owned()
}

fn key() -> CreationKey {
    CreationKey::default()
}

async fn detail(app: &TestApp, slug: &str) -> ConsultationDetail {
    let db = app.app.db.read();
    let on = by_slug(db, slug).await.expect("reads").expect("one");
    consultation_detail(db, on.id, app.app.clock.now())
        .await
        .expect("reads")
        .expect("one")
}

/// What the record says last of this consultation: kind and detail.
async fn last_entry(app: &TestApp, slug: &str) -> (String, String) {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    entity::audit_entry::Entity::find()
        .filter(entity::audit_entry::Column::Subject.eq(slug))
        .order_by_desc(entity::audit_entry::Column::Id)
        .one(app.app.db.read())
        .await
        .expect("reads")
        .map(|entry| (entry.kind, entry.detail))
        .expect("an entry")
}

async fn edited(app: &TestApp, slug: &str, what: &str) {
    assert_eq!(
        last_entry(app, slug).await,
        ("edit-draft".to_owned(), what.to_owned())
    );
}

fn question(prompt: &str, kind: QuestionKind) -> NewQuestion {
    NewQuestion {
        page: 2,
        kind,
        prompt: text(prompt),
        hint: text(" Help "),
        required: true,
        published: false,
        choices: Choices {
            items: vec![text("Bus"), text("Tram")],
            ..Choices::default()
        },
    }
}

on_both! {
    async fn a_draft_is_begun_by_an_officer_of_its_team_under_a_regime_that_there_is(app: &TestApp) {
        let caller = app.caller(OFFICER).await;
        let team = app.member(OFFICER).await.teams_as(domain::account::Role::Officer)[0];
        let command = BeginDraft {
            title: text("  New "),
            team,
            regime: text("non-statutory"),
            invented: false,
            key: key(),
        };
        let begun = begin_draft(&app.app, &caller, command.clone()).await.expect("begun");
        // The desk has a page of the plain name.
        assert_eq!(begun.slug, "new-2");
        let view = detail(app, &begun.slug).await;
        assert_eq!((view.listed.title.as_str(), view.listed.stage), ("New", Stage::Draft));
        assert_eq!(last_entry(app, &begun.slug).await, (text("begin-draft"), text("New")));
        let refused = [
            (BeginDraft { title: text(" "), ..command.clone() }, DraftRefused::NoTitle),
            (BeginDraft { regime: text("none"), ..command.clone() }, DraftRefused::UnknownRegime),
        ];
        for (command, why) in refused {
            let answer = begin_draft(&app.app, &caller, command).await;
            assert!(matches!(answer, Err(Refused::Because(said)) if said == why), "{answer:?}");
        }
        let stranger = app.caller("north@police.example").await;
        let answer = begin_draft(&app.app, &stranger, command).await;
        let forbidden = NotPermitted::Forbidden;
        assert!(matches!(answer, Err(Refused::Denied(Denied::NotPermitted(why))) if why == forbidden));
    }

    async fn each_section_is_stored_trimmed_and_recorded_by_its_name(app: &TestApp) {
        app.with_places().await;
        let officer = app.sign_in(OFFICER).await;
        let caller = app.caller(OFFICER).await;
        let slug = begin(&officer, TITLE, "non-statutory").await;
        let on = || slug.clone();
        let (app_, c) = (&app.app, &caller);
        let about = About {
            title: text(" A bridge "), summary: text(" Where "), body: text(" Why "), topic: text(" Streets "),
        };
        change_about(app_, c, ChangeAbout { on: on(), about, seen: SEEN }).await.expect("saved");
        edited(app, &slug, "about").await;
        let view = detail(app, &slug).await;
        assert_eq!([&view.listed.title, &view.listed.summary, &view.body, &view.listed.topic],
            ["A bridge", "Where", "Why", "Streets"]);
        let scope = Scope { open: text("open "), limited: text("limited"), fixed: text("fixed"), reason: text("why") };
        change_scope(app_, c, ChangeScope { on: on(), scope, seen: SEEN }).await.expect("saved");
        edited(app, &slug, "scope").await;
        let view = detail(app, &slug).await;
        assert_eq!([&view.open_scope, &view.limited_scope, &view.fixed_scope, &view.scope_reason],
            ["open", "limited", "fixed", "why"]);
        let contact = Contact { name: text("Us"), email: text("us") };
        let answer = change_contact(app_, c, ChangeContact { on: on(), contact, seen: SEEN }).await;
        assert!(matches!(answer, Err(Refused::Because(DraftRefused::Email))));
        let contact = Contact { name: text("Us"), email: text(" us@council.example") };
        change_contact(app_, c, ChangeContact { on: on(), contact, seen: SEEN }).await.expect("saved");
        edited(app, &slug, "contact").await;
        assert_eq!(detail(app, &slug).await.contact.email, "us@council.example");
        let now = app.app.clock.now();
        let later = now + jiff::SignedDuration::from_hours(24);
        let dates = Dates {
            regime: text("planning-application"), opens: Some(now), closes: Some(later), reason: text("Because"),
        };
        let wrong = Dates { closes: Some(now), ..dates.clone() };
        let answer = change_dates(app_, c, ChangeDates { on: on(), dates: wrong, seen: SEEN }).await;
        assert!(matches!(answer, Err(Refused::Because(DraftRefused::ClosesBeforeItOpens))));
        let wrong = Dates { regime: text("none"), ..dates.clone() };
        let answer = change_dates(app_, c, ChangeDates { on: on(), dates: wrong, seen: SEEN }).await;
        assert!(matches!(answer, Err(Refused::Because(DraftRefused::UnknownRegime))));
        change_dates(app_, c, ChangeDates { on: on(), dates, seen: SEEN }).await.expect("saved");
        edited(app, &slug, "dates").await;
        let view = detail(app, &slug).await;
        assert_eq!(view.regime.code, "planning-application");
        assert_eq!(view.listed.closes.map(|at| at.as_second()), Some(later.as_second()));
        let page = officer.get(&format!("/desk/consultations/{slug}/areas")).await.expect(200);
        let number = |name: &str| -> i64 {
            page.attributes(&format!("input[name='{name}']"), "value")[0].parse().expect("a number")
        };
        let (ward, team) = (number("areas"), number("partners"));
        // What is no ward and no team any more is left out.
        let places = Places {
            areas: vec![ward.into(), 99_999.into()], partners: vec![team.into(), 99_999.into()],
        };
        change_places(app_, c, ChangePlaces { on: on(), places, seen: SEEN }).await.expect("saved");
        edited(app, &slug, "places").await;
        let view = detail(app, &slug).await;
        assert_eq!((view.areas, view.partners), (vec![ward.into()], vec![team.into()]));
        // No votes under this regime.
        let answer = open_statements(app_, c, OpenStatements { on: on(), open: true, seen: SEEN }).await;
        assert!(matches!(answer, Err(Refused::Because(DraftRefused::VoteNotAllowed))));
    }

    async fn options_questions_statements_and_documents_come_and_go(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let caller = app.caller(OFFICER).await;
        let slug = begin(&officer, TITLE, "non-statutory").await;
        let on = || slug.clone();
        let (app_, c) = (&app.app, &caller);
        let option = NewOption { title: text(" A bridge "), description: text("Wood"), do_nothing: false };
        let which = add_option(app_, c, AddOption { on: on(), option: option.clone(), key: key() }).await.expect("added");
        edited(app, &slug, "add option").await;
        let option = NewOption { do_nothing: true, ..option };
        change_option(app_, c, ChangeOption { on: on(), which, option: option.clone(), seen: SEEN }).await.expect("changed");
        edited(app, &slug, "change option").await;
        let stored = &detail(app, &slug).await.options[0];
        assert_eq!((stored.title.as_str(), stored.do_nothing), ("A bridge", true));
        remove_option(app_, c, RemoveOption { on: on(), which, seen: Version(1) }).await.expect("removed");
        edited(app, &slug, "remove option").await;
        let gone = change_option(app_, c, ChangeOption { on: on(), which, option, seen: Version(1) }).await;
        assert!(matches!(gone, Err(Refused::Because(DraftRefused::Removed))));

        let asked = question(" Where? ", QuestionKind::SingleChoice);
        let which = add_question(app_, c, AddQuestion { on: on(), question: asked.clone(), key: key() }).await.expect("added");
        edited(app, &slug, "add question").await;
        let asked = NewQuestion { prompt: text("When?"), ..asked };
        change_question(app_, c, ChangeQuestion { on: on(), which, question: asked, seen: SEEN }).await.expect("changed");
        edited(app, &slug, "change question").await;
        let stored = &detail(app, &slug).await.questions[0];
        assert_eq!((stored.prompt.as_str(), stored.hint.as_str(), stored.page, stored.position), ("When?", "Help", 2, 1));
        assert_eq!(stored.choices.items, ["Bus", "Tram"]);
        remove_question(app_, c, RemoveQuestion { on: on(), which, seen: Version(1) }).await.expect("removed");
        edited(app, &slug, "remove question").await;

        open_statements(app_, c, OpenStatements { on: on(), open: true, seen: SEEN }).await.expect("opened");
        edited(app, &slug, "statements").await;
        let words = AddStatement { on: on(), text: text("We need a bridge over the canal."), key: key() };
        add_statement(app_, c, words).await.expect("added");
        edited(app, &slug, "add statement").await;
        let view = detail(app, &slug).await;
        assert!(view.statements_open);
        let which = view.statements[0].id;
        let short = AddStatement { on: on(), text: text(" "), key: key() };
        assert!(matches!(add_statement(app_, c, short).await, Err(Refused::Because(AddStatementRefused::Words(_)))));
        remove_statement(app_, c, RemoveStatement { on: on(), which }).await.expect("removed");
        edited(app, &slug, "remove statement").await;

        let file = |name: &str, bytes: &'static [u8]| Some(UploadedFile { name: text(name), bytes: bytes.into() });
        let document = |file| AddDocument { on: on(), title: String::new(), file, key: key() };
        add_document(app_, c, document(file("plan.pdf", b"%PDF-1.7"))).await.expect("added");
        assert!(last_entry(app, &slug).await.1.starts_with("add document, SHA-256 "));
        for (file, why) in [
            (None, DocumentRefused::Missing),
            (file("a.html", b"<html>"), DocumentRefused::WrongKind),
        ] {
            let answer = add_document(app_, c, document(file)).await;
            assert!(matches!(answer, Err(Refused::Because(said)) if said == why), "{answer:?}");
        }
        let stored = detail(app, &slug).await.documents;
        assert_eq!((stored.len(), stored[0].title.as_str(), stored[0].size), (1, "plan.pdf", 8));
        let which = stored[0].id;
        remove_document(app_, c, RemoveDocument { on: on(), which }).await.expect("removed");
        edited(app, &slug, "remove document").await;
        let view = detail(app, &slug).await;
        assert!(view.options.is_empty() && view.questions.is_empty());
        assert!(view.statements.is_empty() && view.documents.is_empty());
        // What is gone stays gone, and is not recorded twice.
        remove_document(app_, c, RemoveDocument { on: on(), which }).await.expect("no refusal");
    }

    async fn each_step_moves_the_stage_and_is_recorded(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let on = || slug.clone();
        let (author, approver) = (app.caller(OFFICER).await, app.caller(APPROVER).await);
        let stage = || async { detail(app, &slug).await.listed.stage };
        submit_for_review(&app.app, &author, SubmitForReview { on: on() }).await.expect("sent");
        assert_eq!(stage().await, Stage::InReview);
        let note = text(" Say what it costs ");
        send_back(&app.app, &approver, SendBack { on: on(), note }).await.expect("back");
        assert_eq!(stage().await, Stage::Draft);
        assert_eq!(last_entry(app, &slug).await, (text("send-back"), text("Say what it costs")));
        let sent = submit_for_review(&app.app, &author, SubmitForReview { on: on() }).await;
        let seen = sent.expect("sent");
        assert_eq!(last_entry(app, &slug).await.0, "submit-for-review");
        let own = approve(&app.app, &author, Approve { on: on(), seen }).await;
        let forbidden = NotPermitted::Forbidden;
        assert!(matches!(own, Err(Refused::Denied(Denied::NotPermitted(why))) if why == forbidden));
        approve(&app.app, &approver, Approve { on: on(), seen }).await.expect("approved");
        assert_eq!((stage().await, last_entry(app, &slug).await.0), (Stage::Approved, text("approve")));
        commands::publish(&app.app, &author, Publish { on: on() }).await.expect("published");
        assert_eq!((stage().await, last_entry(app, &slug).await.0), (Stage::Scheduled, text("publish")));
        withdraw(&app.app, &author, Withdraw { on: on() }).await.expect("withdrawn");
        assert_eq!((stage().await, last_entry(app, &slug).await.0), (Stage::Withdrawn, text("withdraw")));
        let late = withdraw(&app.app, &Caller::anyone(author.now), Withdraw { on: on() }).await;
        assert!(matches!(late, Err(Denied::NotPermitted(NotPermitted::SignInFirst))));
    }

    async fn a_question_that_cannot_be_read_is_a_fault_and_does_not_vanish(app: &TestApp) {
        use sea_orm::ConnectionTrait;
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let db = app.app.db.read();
        let on = by_slug(db, &slug).await.expect("reads").expect("one");
        assert_eq!(questions(db, on.id).await.expect("reads").len(), 1);
        for damage in ["kind = 'none'", "kind = 'long-text', choices = 'none'"] {
            app.app.db.writing()
                .execute_unprepared(&format!("UPDATE question SET {damage}"))
                .await
                .expect("damaged");
            let said = questions(db, on.id).await.expect_err("a fault").to_string();
            assert!(said.contains("unreadable"), "{said}");
            officer.get(&format!("/desk/consultations/{slug}/preview")).await.expect(500);
        }
    }
}

//! Somebody else was first, seen through the pages: both texts at 422, nothing typed lost; and a
//! click too many, which changes nothing.

use super::{APPROVER, OFFICER, TITLE, approve, publish, save, set_dates, whole_draft};
use crate::support::{Browser, Page, on_both};

/// Who takes a step, which, and what they send.
type Step<'a> = (&'a Browser, &'a str, &'a [(&'a str, &'a str)]);

fn at(slug: &str, part: &str) -> String {
    format!("/desk/consultations/{slug}/{part}")
}

/// Opens a section, has a colleague save `theirs` in it, saves `mine`, and expects both on the page;
/// sends that page again and expects mine.
async fn collide(
    officer: &Browser,
    slug: &str,
    open: &str,
    theirs: &[(&str, &str)],
    mine: &[(&str, &str)],
    shown: &str,
) -> Page {
    let section = open.split('?').next().expect("a section");
    let form = format!("form[action='{}']", at(slug, section));
    let mine_open = officer.get(&at(slug, open)).await.expect(200);
    officer.submit(&mine_open, &form, theirs).await.expect(303);
    let both = officer.submit(&mine_open, &form, mine).await.expect(422);
    assert!(both.title().starts_with("Error: "), "{section}");
    let panel = both.texts(".app-conflict").concat();
    assert!(
        panel.contains("Here are both versions"),
        "{section}: {panel}"
    );
    assert!(panel.contains("changed this at"), "{section}: {panel}");
    assert!(panel.contains(shown), "{section}: {shown} in {panel}");
    for (field, typed) in mine {
        let (_, fields) = both.form(&form);
        let kept = fields
            .iter()
            .any(|(name, value)| name == field && value == typed);
        assert!(kept, "{section}: {field} keeps {typed}");
    }
    // Nothing was written yet; now it is, knowingly.
    officer.submit(&both, &form, &[]).await.expect(303);
    let saved = officer.get(&at(slug, open)).await;
    assert_eq!(saved.status, 200, "{section}");
    saved
}

on_both! {
    async fn a_colleague_who_was_first_is_shown_beside_what_was_typed(app: &TestApp) {
        app.with_places().await;
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let saved = collide(
            &officer, &slug, "about",
            &[("body", "Their <b>text</b>")], &[("body", "My text"), ("summary", "My summary")],
            "Their <b>text</b>",
        ).await;
        assert_eq!(saved.value("body"), "My text");
        assert_eq!(saved.value("summary"), "My summary");
        let saved = collide(
            &officer, &slug, "scope",
            &[("open", "Their scope")], &[("open", "My scope")], "Their scope",
        ).await;
        assert_eq!(saved.value("open"), "My scope");
        collide(
            &officer, &slug, "contact",
            &[("contact_name", "Their team")], &[("contact_name", "My team")], "Their team",
        ).await;
        let saved = collide(
            &officer, &slug, "dates",
            &[("closing_reason", "Theirs"), ("opens-time", "10:00")],
            &[("closing_reason", "Mine"), ("opens-time", "11:30")],
            "10am",
        ).await;
        assert_eq!(saved.value("opens-time"), "11:30");
        let page = officer.get(&at(&slug, "areas")).await.expect(200);
        let wards = page.attributes("input[name='areas']", "value");
        let names = page.texts("label[for^='areas']");
        collide(
            &officer, &slug, "areas",
            &[("areas", &wards[0])], &[("areas", &wards[1])], &names[0],
        ).await;
        let list = officer.get(&at(&slug, "options")).await.expect(200);
        let open = list.links().into_iter().find(|link| link.contains("?change=")).expect("a link");
        let open = open.trim_start_matches(&at(&slug, "")).to_owned();
        let saved = collide(
            &officer, &slug, &open,
            &[("title", "Their option")], &[("title", "My option"), ("do_nothing", "yes")],
            "Their option",
        ).await;
        assert_eq!(saved.value("title"), "My option");
        let list = officer.get(&at(&slug, "questions")).await.expect(200);
        let open = list.links().into_iter().find(|link| link.contains("?change=")).expect("a link");
        let open = open.trim_start_matches(&at(&slug, "")).to_owned();
        let saved = collide(
            &officer, &slug, &open,
            &[("prompt", "Their question?"), ("kind", "short-text")], &[("prompt", "My question?")],
            "Short text",
        ).await;
        assert_eq!(saved.value("prompt"), "My question?");
    }

    async fn a_switch_that_a_colleague_turned_first_says_so(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let form = format!("form[action='{}']", at(&slug, "statements/open"));
        let page = officer.get(&at(&slug, "statements")).await.expect(200);
        // A double click turns it once.
        for _ in 0..2 {
            officer.submit(&page, &form, &[]).await.expect(303);
        }
        let open = officer.get(&at(&slug, "statements")).await.expect(200);
        assert!(open.main_text().contains("Residents may add statements"));
        let late = officer.submit(&page, &form, &[("open", "no")]).await.expect(422);
        assert!(late.texts(".app-conflict").concat().contains("Residents may add statements"));
        officer.submit(&late, &form, &[]).await.expect(303);
        let shut = officer.get(&at(&slug, "statements")).await.expect(200);
        assert!(shut.main_text().contains("Residents can’t add statements"));
    }

    async fn what_was_typed_comes_back_when_the_draft_was_sent_for_review_meanwhile(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let mut pages = Vec::new();
        for section in ["about", "scope", "contact", "options", "questions", "statements"] {
            pages.push((section, officer.get(&at(&slug, section)).await.expect(200)));
        }
        officer.post(&at(&slug, "submit"), &[]).await.expect(303);
        let typed = [
            ("about", "body", "An hour of work"), ("scope", "reason", "A long reason"),
            ("contact", "contact_name", "Somebody else"), ("options", "title", "A bridge"),
            ("questions", "prompt", "Why?"), ("statements", "text", "We need a bridge over the canal."),
        ];
        for ((section, page), (_, field, words)) in pages.iter().zip(typed) {
            let form = format!("form[action='{}']", at(&slug, section));
            let kind = [("kind", "short-text"), (field, words)];
            let changes = if *section == "questions" { &kind[..] } else { &kind[1..] };
            let kept = officer.submit(page, &form, changes).await.expect(422);
            assert_eq!(kept.value(field), words, "{section}");
            let said = kept.errors().concat();
            assert!(said.contains("This has moved on since you opened the page"), "{section}: {said}");
        }
        // Refused for another reason too: both are said, and the words are still there.
        let kept = officer
            .submit(&pages[0].1, &format!("form[action='{}']", at(&slug, "about")), &[("title", ""), ("body", "Kept")])
            .await
            .expect(422);
        assert_eq!(kept.value("body"), "Kept");
        assert_eq!(kept.errors().len(), 2);
        // To open one now is refused as before, and nobody else learns more than before.
        officer.get(&at(&slug, "about")).await.expect(403);
        app.sign_in("auditor@council.example").await
            .post(&at(&slug, "about"), &[("title", "x")]).await.expect(403);
        app.sign_in("north@police.example").await
            .post(&at(&slug, "about"), &[("title", "x")]).await.expect(404);
    }

    async fn a_note_comes_back_when_somebody_approved_meanwhile(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        officer.post(&at(&slug, "submit"), &[]).await.expect(303);
        let approver = app.sign_in(APPROVER).await;
        let open = approver.get(&at(&slug, "send-back")).await.expect(200);
        approve(&approver, &slug).await.expect(303);
        let note = "Say what the crossing costs";
        let kept = approver.submit(&open, "main form", &[("note", note)]).await.expect(422);
        assert_eq!(kept.value("note"), note);
        assert!(kept.errors().concat().contains("has moved on"));
        // And the other way round: an approval of what was sent back shows what it is now.
        let slug = whole_draft(app, &officer, TITLE).await;
        officer.post(&at(&slug, "submit"), &[]).await.expect(303);
        let waiting = approver.get(&format!("/desk/consultations/{slug}")).await.expect(200);
        approver.post(&at(&slug, "send-back"), &[("note", note)]).await.expect(303);
        let now = approver
            .submit(&waiting, "form[action$='/approve']", &[])
            .await
            .expect(422);
        assert!(now.errors().concat().contains("it now says “Draft”"), "{}", now.main_text());
        assert!(now.main_text().contains(note));
        // Other words in a second note are not swallowed.
        let second = approver
            .post(&at(&slug, "send-back"), &[("note", "And the map is wrong")])
            .await
            .expect(422);
        assert_eq!(second.value("note"), "And the map is wrong");
    }

    async fn a_second_click_on_a_step_leads_to_the_same_place(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let approver = app.sign_in(APPROVER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let overview = Some(format!("/desk/consultations/{slug}"));
        let steps: [Step; 3] = [
            (&officer, "submit", &[]),
            (&approver, "send-back", &[("note", "Say what it costs")]),
            (&officer, "submit", &[]),
        ];
        let later: [Step; 2] = [(&officer, "publish", &[]), (&officer, "withdraw", &[])];
        let twice = async |steps: &[Step<'_>]| {
            for (browser, step, fields) in steps {
                for _ in 0..2 {
                    let next = browser.post(&at(&slug, step), fields).await.expect(303);
                    assert_eq!(next.location(), overview, "{step}");
                }
            }
        };
        twice(&steps).await;
        let page = approver.get(&format!("/desk/consultations/{slug}")).await.expect(200);
        for _ in 0..2 {
            let next = approver.submit(&page, "form[action$='/approve']", &[]).await.expect(303);
            assert_eq!(next.location(), overview);
        }
        twice(&later).await;
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
        let kinds: Vec<String> = entity::audit_entry::Entity::find()
            .filter(entity::audit_entry::Column::Subject.eq(&slug))
            .filter(entity::audit_entry::Column::Kind.ne("edit-draft"))
            .order_by_asc(entity::audit_entry::Column::Id)
            .all(app.app.db.read())
            .await
            .expect("reads")
            .into_iter()
            .map(|entry| entry.kind)
            .collect();
        let once = ["begin-draft", "submit-for-review", "send-back", "submit-for-review", "approve", "publish", "withdraw"];
        assert_eq!(kinds, once);
    }

    async fn a_text_that_was_sent_again_is_not_approved_by_somebody_who_read_the_one_before(
        app: &TestApp
    ) {
        let officer = app.sign_in(OFFICER).await;
        let approver = app.sign_in(APPROVER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        officer.post(&at(&slug, "submit"), &[]).await.expect(303);
        let overview = format!("/desk/consultations/{slug}");
        let read = approver.get(&overview).await.expect(200);
        approver.post(&at(&slug, "send-back"), &[("note", "Say what it costs")]).await.expect(303);
        let scope = [("open", "Nothing"), ("fixed", "All of it"), ("reason", "It is decided")];
        save(&officer, &slug, "scope", &scope).await;
        app.app.clock.shift(1);
        officer.post(&at(&slug, "submit"), &[]).await.expect(303);
        let again = approver.submit(&read, "form[action$='/approve']", &[]).await.expect(422);
        let name = app.member(OFFICER).await.name;
        let why = again.errors().concat();
        assert!(why.contains(&format!("{name} sent it for review again")), "{why}");
        assert!(again.texts(".govuk-tag").contains(&"In review".to_owned()));
        approver.submit(&again, "form[action$='/approve']", &[]).await.expect(303);
        // A second click on the old page is not taken for the approval of what it showed.
        approver.submit(&read, "form[action$='/approve']", &[]).await.expect(422);
    }

    async fn an_option_that_a_colleague_removed_can_be_added_again_with_what_was_typed(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        for (section, field) in [("options", "title"), ("questions", "prompt")] {
            let list = officer.get(&at(&slug, section)).await.expect(200);
            let before = list.count("form[action$='/remove']");
            let open = list.links().into_iter().find(|l| l.contains("?change=")).expect("a link");
            let form = officer.get(&open).await.expect(200);
            for _ in 0..2 {
                officer.submit(&list, "form[action$='/remove']", &[]).await.expect(303);
            }
            officer.get(&open).await.expect(404);
            let name = format!("form[action='{}']", at(&slug, section));
            let gone = officer.submit(&form, &name, &[(field, "My words")]).await.expect(422);
            assert!(gone.errors().concat().contains("A colleague removed this"), "{section}");
            assert_eq!(gone.value(field), "My words");
            for _ in 0..2 {
                officer.submit(&gone, &name, &[]).await.expect(303);
            }
            let list = officer.get(&at(&slug, section)).await.expect(200);
            assert_eq!(list.count("form[action$='/remove']"), before, "{section}");
            assert!(list.main_text().contains("My words"), "{section}");
        }
    }

    async fn a_draft_that_changed_stage_keeps_its_dates(app: &TestApp) {
        // A publication after the planned opening opens at once, and is read once.
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        set_dates(app, &officer, &slug, -2, 20).await;
        publish(app, &slug).await;
        let page = app.anyone().get(&format!("/consultations/{slug}")).await.expect(200);
        assert!(page.texts(".govuk-tag").contains(&"Open".to_owned()));
        let slug = whole_draft(app, &officer, "Too late").await;
        set_dates(app, &officer, &slug, -10, 10).await;
        officer.post(&at(&slug, "submit"), &[]).await.expect(303);
        let approver = app.sign_in(APPROVER).await;
        approve(&approver, &slug).await.expect(303);
        let refused = officer.post(&at(&slug, "publish"), &[]).await.expect(422);
        assert!(refused.main_text().contains("asks for at least 14"), "{}", refused.main_text());
    }
}

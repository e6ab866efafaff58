//! The sections of a draft: what is refused keeps what was typed, and twice is once.

use super::{OFFICER, TITLE, begin, publish, save, whole_draft};
use crate::support::{Page, on_both, pictures};

/// The head of a photograph, and its end.
fn jpeg_without_pixels() -> Vec<u8> {
    let whole = pictures::jpeg(6, "");
    let scan = whole.windows(2).rposition(|two| two == [0xff, 0xda]);
    [&whole[..scan.expect("a scan")], &[0xff, 0xd9]].concat()
}

on_both! {
    async fn a_refused_section_keeps_every_value_and_links_to_its_fields(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = begin(&officer, TITLE, "non-statutory").await;
        let dates = officer
            .post(&format!("/desk/consultations/{slug}/dates"), &[
                ("regime", "non-statutory"),
                ("opens-day", "31"), ("opens-month", "2"), ("opens-year", "2027"), ("opens-time", "09:00"),
                ("closes-day", "5"), ("closes-month", "5"), ("closes-year", "2027"), ("closes-time", "noon"),
                ("closing_reason", "Because <b>"),
            ])
            .await
            .expect(422);
        assert!(dates.title().starts_with("Error: "));
        assert_eq!(dates.errors().len(), 2);
        assert_eq!(dates.value("opens-day"), "31");
        assert_eq!(dates.value("closes-time"), "noon");
        assert_eq!(dates.value("closing_reason"), "Because <b>");
        let long = "x".repeat(151);
        let about = officer
            .post(&format!("/desk/consultations/{slug}/about"), &[("title", &long), ("body", "Kept")])
            .await
            .expect(422);
        assert_eq!(about.value("title"), long);
        assert_eq!(about.value("body"), "Kept");
        let question = officer
            .post(&format!("/desk/consultations/{slug}/questions"), &[
                ("prompt", "How?"), ("kind", "single-choice"), ("choices", "Only one"), ("page", "1"),
            ])
            .await
            .expect(422);
        assert_eq!(question.value("choices"), "Only one");
        let contact = officer
            .post(&format!("/desk/consultations/{slug}/contact"), &[("contact_name", "Us"), ("contact_email", "us")])
            .await
            .expect(422);
        assert_eq!(contact.value("contact_email"), "us");
    }

    async fn a_double_click_begins_one_draft_and_adds_one_thing(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let page = officer.get("/desk/consultations/new").await.expect(200);
        let fields = [("title", TITLE), ("regime", "non-statutory")];
        let first = officer.submit(&page, "main form", &fields).await.expect(303).location();
        let second = officer.submit(&page, "main form", &fields).await.expect(303).location();
        assert_eq!(first, second);
        let other = begin(&officer, TITLE, "non-statutory").await;
        assert_ne!(first, Some(format!("/desk/consultations/{other}")));
        let things: [(&str, &[(&str, &str)]); 3] = [
            ("options", &[("title", "A bridge")]),
            ("questions", &[("prompt", "Where?"), ("kind", "short-text")]),
            ("statements", &[("text", "We need a bridge over the canal.")]),
        ];
        for (section, fields) in things {
            let path = format!("/desk/consultations/{other}/{section}");
            let page = officer.get(&path).await.expect(200);
            for _ in 0..2 {
                officer.submit(&page, &format!("form[action='{path}']"), fields).await.expect(303);
            }
        }
        // What a statement says already is not put to a vote twice, whoever adds it.
        save(&officer, &other, "statements", &[("text", "We need a bridge over the canal.")]).await;
        for section in ["options", "questions", "statements"] {
            let page = officer.get(&format!("/desk/consultations/{other}/{section}")).await.expect(200);
            assert_eq!(page.count("form[action$='/remove']"), 1, "{section}");
        }
    }

    async fn many_clicks_at_one_moment_begin_one_draft_and_one_title_may_be_begun_by_many(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let begin = |page: Page| {
            let officer = officer.clone();
            let fields = [("title", TITLE), ("regime", "non-statutory")];
            tokio::spawn(async move {
                let begun = officer.submit(&page, "main form", &fields).await.expect(303);
                begun.location().expect("a draft")
            })
        };
        let page = officer.get("/desk/consultations/new").await.expect(200);
        let clicks: Vec<_> = (0..8).map(|_| begin(page.clone())).collect();
        let mut drafts = std::collections::BTreeSet::new();
        for click in clicks {
            drafts.insert(click.await.expect("clicked"));
        }
        assert_eq!(drafts.len(), 1, "{drafts:?}");
        let mut pages = Vec::new();
        for _ in 0..6 {
            pages.push(officer.get("/desk/consultations/new").await.expect(200));
        }
        let clicks: Vec<_> = pages.into_iter().map(begin).collect();
        for click in clicks {
            drafts.insert(click.await.expect("clicked"));
        }
        assert_eq!(drafts.len(), 7, "{drafts:?}");
    }

    async fn a_question_is_changed_in_its_place_and_taken_away(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = begin(&officer, TITLE, "non-statutory").await;
        let path = format!("/desk/consultations/{slug}/questions");
        for prompt in ["First?", "Second?"] {
            save(&officer, &slug, "questions", &[
                ("prompt", prompt), ("kind", "multiple-choice"), ("choices", "Bus\nTrain"), ("other", "yes"),
            ]).await;
        }
        let list = officer.get(&path).await.expect(200);
        let change = list.links().into_iter().find(|l| l.contains("?change=")).expect("a link");
        let form = officer.get(&change).await.expect(200);
        assert_eq!(form.value("prompt"), "First?");
        assert_eq!(form.value("choices"), "Bus\nTrain");
        officer
            .submit(&form, &format!("form[action='{path}']"), &[("prompt", "Changed?"), ("choices", "Bus\nTram")])
            .await
            .expect(303);
        let list = officer.get(&path).await.expect(200);
        let prompts = list.texts(".govuk-summary-list strong");
        assert_eq!(prompts, ["Changed?", "Second?"]);
        assert!(list.main_text().contains("Bus · Tram · Other"));
        officer.submit(&list, "form[action$='/remove']", &[]).await.expect(303);
        let list = officer.get(&path).await.expect(200);
        assert_eq!(list.texts(".govuk-summary-list strong"), ["Second?"]);
    }

    async fn a_planning_application_is_never_put_to_a_vote(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let statements = format!("/desk/consultations/{slug}/statements");
        save(&officer, &slug, "statements", &[("text", "We need a crossing here.")]).await;
        save(&officer, &slug, "dates", &[("regime", "planning-application")]).await;
        officer.post(&statements, &[("text", "We want two crossings.")]).await.expect(422);
        let page = officer
            .post(&format!("/desk/consultations/{slug}/questions"), &[
                ("prompt", "Do you agree?"), ("kind", "statement-block"), ("page", "1"),
            ])
            .await
            .expect(422);
        assert!(!page.has("input[value='statement-block']"));
        let gates = officer.post(&format!("/desk/consultations/{slug}/submit"), &[]).await.expect(422);
        assert!(gates.links().contains(&statements));
        let left = officer.get(&statements).await.expect(200);
        officer.submit(&left, "form[action$='/remove']", &[]).await.expect(303);
        officer.post(&format!("/desk/consultations/{slug}/submit"), &[]).await.expect(303);
    }

    async fn a_document_is_typed_by_its_bytes_and_only_ever_downloaded(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let path = format!("/desk/consultations/{slug}/documents");
        let html: &[u8] = b"<html><script>alert(1)</script></html>";
        let refused = officer
            .post_files(&path, &[("title", "Kept")], &[("file", "plan.html", "application/pdf", html)])
            .await
            .expect(422);
        assert_eq!(refused.errors().len(), 1);
        assert_eq!(refused.value("title"), "Kept");
        officer.post_files(&path, &[("title", "None")], &[]).await.expect(422);
        let large = vec![b'a'; 10 * 1024 * 1024 + 1];
        officer.post_files(&path, &[], &[("file", "a.txt", "text/plain", &large)]).await.expect(422);
        let pdf: &[u8] = b"%PDF-1.7 a plan";
        let key = officer.get(&path).await.expect(200).value("key");
        for _ in 0..2 {
            officer
                .post_files(
                    &path,
                    &[("title", "Site plan"), ("key", &key)],
                    &[("file", "pl\u{e4}n.exe", "text/html", pdf)],
                )
                .await
                .expect(303);
        }
        let list = officer.get(&path).await.expect(200);
        let links: Vec<String> = list.links().into_iter().filter(|l| l.starts_with("/documents/")).collect();
        assert_eq!(links.len(), 1);
        let link = &links[0];
        app.anyone().get(link).await.expect(404);
        officer.get(link).await.expect(200);
        publish(app, &slug).await;
        let file = app.anyone().get(link).await.expect(200);
        assert_eq!(file.body, pdf);
        assert_eq!(file.header("content-type"), "application/pdf");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert_eq!(file.header("content-disposition"), "attachment; filename*=UTF-8''pl%C3%A4n.pdf");
        let page = app.anyone().get(&format!("/consultations/{slug}")).await.expect(200);
        assert!(page.links().contains(link));
        app.anyone().get("/documents/none").await.expect(404);
    }

    async fn a_document_that_is_a_photograph_says_nothing_but_what_it_shows(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let path = format!("/desk/consultations/{slug}/documents");
        let secret = "52.6N 1.3E, by Jo Bright";
        for (orientation, size) in [(1, (48, 32)), (3, (48, 32)), (6, (32, 48)), (8, (32, 48))] {
            let jpeg = pictures::jpeg(orientation, secret);
            let title = format!("Turned {orientation}");
            let file = [("file", "site.jpg", "image/jpeg", jpeg.as_slice())];
            officer.post_files(&path, &[("title", &title)], &file).await.expect(303);
            let list = officer.get(&path).await.expect(200);
            let link = list.links().into_iter().rfind(|link| link.starts_with("/documents/"));
            let stored = officer.get(&link.expect("a document")).await.expect(200);
            assert_eq!(stored.header("content-type"), "image/jpeg");
            assert_eq!(pictures::jpeg_size(&stored.body), size, "{orientation}");
            for gone in [secret, "Exif", "xmpmeta"] {
                assert!(!stored.text().contains(gone), "{gone} with {orientation}");
            }
        }
        let png = pictures::png(40, 1, secret);
        officer.post_files(&path, &[], &[("file", "site.png", "image/png", &png)]).await.expect(303);
        let link = officer.get(&path).await.links().into_iter().rfind(|link| link.starts_with("/documents/"));
        let stored = officer.get(&link.expect("a document")).await.expect(200);
        assert!(!stored.text().contains(secret));
        for wrong in [pictures::png(65_535, 65_535, ""), jpeg_without_pixels()] {
            let file = [("file", "site.png", "image/png", wrong.as_slice())];
            officer.post_files(&path, &[], &file).await.expect(422);
        }
    }

    async fn a_pdf_may_have_a_mark_or_an_empty_line_before_it(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let path = format!("/desk/consultations/{slug}/documents");
        for pdf in [&b"\xef\xbb\xbf%PDF-1.4 a"[..], b"\r\n%PDF-1.4 b", b"\x1b%-12345X@PJL\r\n%PDF-1.4 c"] {
            officer.post_files(&path, &[], &[("file", "plan.pdf", "application/pdf", pdf)]).await.expect(303);
            let list = officer.get(&path).await.expect(200);
            let link = list.links().into_iter().rfind(|link| link.starts_with("/documents/"));
            let stored = officer.get(&link.expect("a document")).await.expect(200);
            assert_eq!(stored.body, pdf);
            assert_eq!(stored.header("content-type"), "application/pdf");
        }
        let page = [("file", "plan.pdf", "application/pdf", &b"<html>%PDF-1.4"[..])];
        officer.post_files(&path, &[], &page).await.expect(422);
    }

    async fn what_officers_write_is_never_run_whatever_the_field(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        const BAD: &str = "<script>alert(1)</script><img src=x onerror=a()>\"'><svg/onload=alert(3)> \
            [go](javascript:alert(4))";
        save(&officer, &slug, "about", &[("title", BAD), ("summary", BAD), ("topic", "<b>\"x"), ("body", BAD)]).await;
        save(&officer, &slug, "scope", &[("open", BAD), ("limited", BAD), ("fixed", BAD), ("reason", BAD)]).await;
        save(&officer, &slug, "options", &[("title", BAD), ("description", BAD)]).await;
        save(&officer, &slug, "questions", &[
            ("prompt", BAD), ("hint", BAD), ("kind", "single-choice"), ("choices", &format!("{BAD}\nNo")),
        ]).await;
        save(&officer, &slug, "statements", &[("text", BAD)]).await;
        save(&officer, &slug, "dates", &[("closing_reason", BAD)]).await;
        save(&officer, &slug, "contact", &[("contact_name", BAD)]).await;
        officer
            .post_files(&format!("/desk/consultations/{slug}/documents"), &[("title", BAD)],
                &[("file", "plan.pdf", "application/pdf", b"%PDF-1.7")])
            .await
            .expect(303);
        let desk = ["", "about", "scope", "options", "questions", "statements", "documents", "dates", "contact", "preview"];
        let mut pages = Vec::new();
        for part in desk {
            pages.push(officer.get(format!("/desk/consultations/{slug}/{part}").trim_end_matches('/')).await);
        }
        publish(app, &slug).await;
        app.later(48);
        let open = format!("/consultations/{slug}");
        for path in ["/consultations", "/consultations.atom", &open, &format!("{open}/respond"), &format!("{open}/vote")] {
            pages.push(app.anyone().get(path).await);
        }
        for page in pages {
            let page = page.expect(200);
            assert!(page.text().contains("alert(1)"), "{} shows what was typed", page.path);
            for never in ["<script>alert", "<img src=x", "<svg/onload", "href=\"javascript:", "<b>\"x"] {
                assert!(!page.text().contains(never), "{never} on {}", page.path);
            }
        }
    }
}

//! An officer sets up polls of every kind, and what stops them.

use super::super::consultation::{APPROVER, OFFICER, begin, publish, whole_draft};
use crate::support::{Browser, Page, on_both, pictures};

pub(super) fn desk(slug: &str, part: &str) -> String {
    format!("/desk/consultations/{slug}/polls{part}")
}

/// Adds a poll of a kind and gives its number.
pub(super) async fn add(officer: &Browser, slug: &str, question: &str, kind: &str) -> String {
    let form = officer.get(&desk(slug, "/new")).await.expect(200);
    let fields = [("question", question), ("kind", kind)];
    let made = officer
        .submit(&form, "main form", &fields)
        .await
        .expect(303);
    let to = made.location().expect("a page");
    let number = to.split('/').nth(5).expect("a number");
    format!("/{number}")
}

/// Fills in a section and expects that it is saved.
pub(super) async fn save(officer: &Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = officer.get(path).await.expect(200);
    let form = format!("form[action='{path}']");
    officer.submit(&page, &form, fields).await.expect(303)
}

/// The ids of the options on a page of a paper, in their order.
pub(super) fn option_ids(page: &Page) -> Vec<String> {
    page.attributes("form[action$='/remove'] [name='option']", "value")
}

/// Adds options by their names.
pub(super) async fn options(officer: &Browser, path: &str, names: &[(&str, &str)]) {
    for (name, cost) in names {
        save(
            officer,
            &format!("{path}/options"),
            &[("name", name), ("cost", cost)],
        )
        .await;
    }
}

on_both! {
    async fn every_kind_of_poll_is_set_up_one_thing_at_a_time(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "A vote of every kind").await;
        let kinds: [(&str, &[(&str, &str)]); 5] = [
            ("approval", &[("most", "2")]),
            ("score", &[("top", "9")]),
            ("dot", &[("points", "7"), ("most_each", "3")]),
            ("ranked", &[("rule", "stv-scotland"), ("seats", "2")]),
            ("budget", &[("total", "£90,000"), ("form", "knapsack"), ("rule", "mes-add1")]),
        ];
        for (kind, settings) in kinds {
            let poll = add(&officer, &slug, &format!("Which, by {kind}?"), kind).await;
            let path = desk(&slug, &poll);
            save(&officer, &format!("{path}/rule"), settings).await;
            let cost = if kind == "budget" { "30000" } else { "" };
            options(&officer, &path, &[("North", cost), ("South", cost), ("East", cost)]).await;
            save(&officer, &format!("{path}/electorate"), &[("electorate", "email")]).await;
            save(&officer, &format!("{path}/weight"), &[("binding", "yes")]).await;
            let page = officer.get(&path).await.expect(200);
            let text = page.main_text();
            assert!(!text.contains("Before the consultation"), "{kind}: {text}");
            for part in ["3 on the ballot paper", "email address", "Binding"] {
                assert!(text.contains(part), "{kind}: {part} in {text}");
            }
        }
        let list = officer.get(&desk(&slug, "")).await.expect(200).main_text();
        assert_eq!(list.matches("Ready").count(), 5, "{list}");
    }

    async fn the_paper_is_ordered_changed_and_shortened_and_a_poll_is_taken_away(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "The order of things").await;
        let path = desk(&slug, &add(&officer, &slug, "Which?", "ranked").await);
        options(&officer, &path, &[("One", ""), ("Two", ""), ("Three", "")]).await;
        let at = format!("{path}/options");
        let names = |page: &Page| page.texts(".govuk-summary-list__value strong");
        let page = officer.get(&at).await.expect(200);
        let (ids, old) = (option_ids(&page), page);
        // Each button twice, as somebody in a hurry does: it does what one click does.
        let up = format!("form[action='{at}/move']:has([value='{}']):has([value='2'])", ids[2]);
        for _ in 0..2 {
            officer.submit(&old, &up, &[]).await.expect(303);
        }
        let page = officer.get(&at).await.expect(200);
        assert_eq!(names(&page), ["One", "Three", "Two"]);
        let remove = format!("form[action='{at}/remove']:has([value='{}'])", ids[0]);
        for _ in 0..2 {
            officer.submit(&old, &remove, &[]).await.expect(303);
        }
        let page = officer.get(&at).await.expect(200);
        assert_eq!(names(&page), ["Three", "Two"]);
        assert_eq!(option_ids(&page), [ids[2].clone(), ids[1].clone()], "options keep their ids");
        let change = officer.get(&format!("{at}?change={}", ids[2])).await.expect(200);
        assert_eq!(change.value("name"), "Three");
        let form = format!("form[action='{at}']");
        officer.submit(&change, &form, &[("name", "Four")]).await.expect(303);
        let page = officer.get(&at).await.expect(200);
        assert_eq!(names(&page), ["Four", "Two"]);
        let twice = officer.submit(&page, &form, &[("name", "two")]).await.expect(422);
        assert_eq!(twice.errors().len(), 1);
        assert_eq!(twice.value("name"), "two");
        let asked = officer.get(&format!("{path}/remove")).await.expect(200);
        for _ in 0..2 {
            let gone = officer.submit(&asked, "main form", &[]).await.expect(303);
            assert_eq!(gone.location(), Some(desk(&slug, "")));
        }
        officer.get(&path).await.expect(404);
    }

    async fn words_that_promise_a_decision_stop_an_indicative_poll_and_its_consultation(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "Our fund: you decide").await;
        let path = desk(&slug, &add(&officer, &slug, "You decide: which?", "ranked").await);
        options(&officer, &path, &[("North", ""), ("South", "")]).await;
        let text = officer.get(&path).await.expect(200).main_text();
        assert!(text.contains("says that people decide"), "{text}");
        let at = format!("/desk/consultations/{slug}");
        let text = officer.get(&at).await.expect(200).main_text();
        assert!(text.contains("A poll is not ready"), "{text}");
        assert!(text.contains("every poll is indicative"), "{text}");
        // Where it is declared that the result is carried out, the promise is true.
        save(&officer, &format!("{path}/weight"), &[("binding", "yes")]).await;
        let text = officer.get(&path).await.expect(200).main_text();
        assert!(!text.contains("says that people decide"), "{text}");
        let text = officer.get(&at).await.expect(200).main_text();
        assert!(!text.contains("every poll is indicative"), "{text}");
    }

    async fn a_poll_with_faults_stops_the_review_and_says_what_it_needs(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "Not ready").await;
        let path = desk(&slug, &add(&officer, &slug, "Which projects?", "budget").await);
        let submit = format!("/desk/consultations/{slug}/submit");
        let refused = officer.post(&submit, &[]).await.expect(422);
        assert!(refused.links().contains(&desk(&slug, "")), "{:?}", refused.links());
        let page = officer.get(&path).await.expect(200);
        for section in ["rule", "options"] {
            assert!(page.links().contains(&format!("{path}/{section}")), "{section}");
        }
        save(&officer, &format!("{path}/rule"), &[("total", "500")]).await;
        options(&officer, &path, &[("A", "400"), ("B", "300.50")]).await;
        save(&officer, &format!("{path}/electorate"), &[("electorate", "register")]).await;
        officer.post(&submit, &[]).await.expect(422);
        save(&officer, &format!("{path}/electorate"), &[("electorate", "open")]).await;
        officer.post(&submit, &[]).await.expect(303);
        // From here on it stays as it is.
        officer.get(&format!("{path}/rule")).await.expect(403);
        let late = officer.post(&format!("{path}/options"), &[("name", "C"), ("cost", "1")]).await;
        let late = late.expect(422);
        assert!(late.main_text().contains("moved on since you opened"), "{}", late.main_text());
        assert_eq!(late.value("name"), "C", "what was typed is kept");
        let late = officer.post(&format!("{path}/rule"), &[("kind", "budget"), ("total", "9"), ("form", "knapsack"), ("rule", "greedy")]).await;
        assert_eq!(late.expect(422).value("total"), "9");
        let fixed = officer.get(&path).await.expect(200);
        assert!(fixed.main_text().contains("stays as it is"), "{}", fixed.main_text());
        assert!(app.sign_in(APPROVER).await.get(&path).await.expect(200).has("h1"));
    }

    async fn a_regime_where_grounds_decide_offers_no_poll_and_says_why(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = begin(&officer, "A planning application", "planning-application").await;
        let page = officer.get(&desk(&slug, "")).await.expect(200);
        assert!(page.main_text().contains("does not allow a vote"), "{}", page.main_text());
        assert!(!page.links().contains(&desk(&slug, "/new")));
        officer.get(&desk(&slug, "/new")).await.expect(303);
        let fields = [("question", "Should it be built?"), ("kind", "approval"), ("number", "1")];
        let refused = officer.post(&desk(&slug, "/new"), &fields).await.expect(422);
        assert!(refused.main_text().contains("does not allow a vote"), "{}", refused.main_text());
    }

    async fn the_same_form_sent_twice_is_one_poll_and_mistakes_keep_what_was_typed(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "Twice").await;
        let form = officer.get(&desk(&slug, "/new")).await.expect(200);
        let fields = [("question", "Which?"), ("kind", "dot")];
        for _ in 0..2 {
            officer.submit(&form, "main form", &fields).await.expect(303);
        }
        let list = officer.get(&desk(&slug, "")).await.expect(200);
        assert_eq!(list.count("main tbody tr"), 1);
        let rule = desk(&slug, "/1/rule");
        let page = officer.get(&rule).await.expect(200);
        let form = format!("form[action='{rule}']");
        let wrong = officer.submit(&page, &form, &[("points", "many"), ("seats", "0")]).await;
        let wrong = wrong.expect(422);
        assert_eq!(wrong.errors().len(), 2, "{:?}", wrong.errors());
        assert_eq!(wrong.value("points"), "many");
    }

    async fn nobody_sees_a_result_until_every_ballot_is_in_and_it_is_published(app: &TestApp) {
        app.with_demonstration().await;
        app.fresh();
        let officer = app.sign_in(OFFICER).await;
        let open = "/consultations/neighbourhood-fund-what-should-we-pay-for/polls/1/result";
        for browser in [&app.anyone(), &officer, &app.sign_in("administrator@council.example").await] {
            let page = browser.get(open).await.expect(200);
            assert!(page.main_text().contains("Sealed until"), "{}", page.main_text());
            assert!(page.main_text().contains("About 210"), "{}", page.main_text());
            assert!(!page.has("svg.app-chart__svg"));
            let json = browser.get(&format!("{open}.json")).await.expect(200).text();
            assert!(json.contains("\"result\":null"), "{json}");
            assert!(!json.contains("seed"), "{json}");
        }
        let slug = "youth-centre-what-should-it-be-for";
        let public = format!("/consultations/{slug}/polls/3/result");
        let before = app.anyone().get(&public).await.expect(200);
        assert!(before.main_text().contains("being counted"), "{}", before.main_text());
        assert!(!before.has("svg.app-chart__svg"));
        let ask = officer.get(&desk(slug, "/3/publish")).await.expect(200);
        officer.submit(&ask, "main form", &[]).await.expect(422);
        officer.submit(&ask, "main form", &[("confirm", "yes")]).await.expect(303);
        let page = app.anyone().get(&public).await.expect(200);
        let text = page.main_text();
        assert!(text.contains("Friday wins with"), "{text}");
        assert!(text.contains("soundings count ballots.json"), "{text}");
        assert!(text.contains("151 ballots"), "{text}");
        app.anyone().get(&format!("/consultations/{slug}")).await.expect(200);
    }

    async fn a_published_budget_shows_every_rule_and_the_result_with_and_without(app: &TestApp) {
        app.with_demonstration().await;
        let slug = "youth-centre-what-should-it-be-for";
        let page = app.anyone().get(&format!("/consultations/{slug}/polls/1/result")).await.expect(200);
        let text = page.main_text();
        for part in [
            "projects are funded", "Indicative", "Round by round", "Voters who get something",
            "Most votes first", "With and without", "23 set aside", "SHA-256 of ballots.json",
            "ballots each project is on",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(page.text().contains("✓ A climbing wall, £55,000"), "what is funded, with its cost");
        // Money is said in pounds and pence, never to the last digit of the count.
        let cells = page.texts("main td");
        let sums = || cells.iter().filter(|cell| cell.starts_with('£'));
        let odd = |sum: &&String| sum.split_once('.').is_some_and(|(_, pence)| pence.len() != 2);
        assert!(sums().count() > 10 && !sums().any(|sum| odd(&sum)), "{cells:?}");
        // No inline code has the padding of a block, which would hide the line above it.
        assert!(page.has("li code.app-hash") && !page.has("code.app-hash--block"));
        let stv = app.anyone().get(&format!("/consultations/{slug}/polls/2/result")).await.expect(200);
        let text = stv.main_text();
        for part in ["win the 3 places", "Binding", "of 1,204 on the register", "Stage by stage", "quota", "Not transferable", "Sum"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let json = app.anyone().get(&format!("/consultations/{slug}/polls/2/result.json")).await;
        let json: serde_json::Value = serde_json::from_str(&json.expect(200).text()).expect("JSON");
        assert_eq!(json["result"]["rule"], "stv-scotland");
        assert_eq!(json["result"]["elected"].as_array().map(Vec::len), Some(3));
        assert!(!text.contains("elected") && !text.contains(".00000"), "{text}");
        let all = app.anyone().get("/outcomes").await.expect(200);
        let rows = all.texts("main tbody tr");
        let youth = rows.iter().find(|row| row.contains("Youth centre")).expect("a row");
        // 461 and 386 are published, the third poll is about 150.
        assert!(youth.contains("997"), "{youth}");
        let outcome = app.anyone().get(&format!("/consultations/{slug}/outcome")).await.expect(200);
        assert!(outcome.links().contains(&format!("/consultations/{slug}/polls/1/result")));
    }

    async fn a_consultation_with_nothing_but_a_poll_is_published_and_names_it(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "Only a vote").await;
        let path = desk(&slug, &add(&officer, &slug, "Which colour?", "approval").await);
        options(&officer, &path, &[("Red", ""), ("Blue", "")]).await;
        publish(app, &slug).await;
        app.later(48);
        let page = app.anyone().get(&format!("/consultations/{slug}")).await.expect(200);
        assert!(page.links().contains(&format!("/consultations/{slug}/polls/1")), "{:?}", page.links());
    }

    async fn a_picture_is_shown_on_its_option_loses_what_the_camera_wrote_and_is_no_document(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "With a picture").await;
        let path = desk(&slug, &add(&officer, &slug, "Which?", "approval").await);
        let at = format!("{path}/options");
        let png = pictures::png(40, 1, "52.6N");
        let fields = [("name", "A bench"), ("alt", "")];
        let file = [("picture", "bench.png", "image/png", png.as_slice())];
        let refused = officer.post_files(&at, &fields, &file).await.expect(422);
        assert_eq!(refused.value("name"), "A bench");
        let svg = [("picture", "a.png", "image/png", &b"<svg onload=alert(1)>"[..])];
        let fields = [("name", "A bench"), ("alt", "A bench by the canal")];
        officer.post_files(&at, &fields, &svg).await.expect(422);
        for size in [(65_535, 65_535), (i32::MAX as u32, i32::MAX as u32), (0, 0), (40, 2)] {
            let wrong = pictures::png(size.0, size.1, "");
            let wrong = [("picture", "bench.png", "image/png", wrong.as_slice())];
            let refused = officer.post_files(&at, &fields, &wrong).await.expect(422);
            assert!(refused.errors()[0].starts_with("The picture must be"), "{:?}", refused.errors());
        }
        officer.post_files(&at, &fields, &file).await.expect(303);
        let page = officer.get(&at).await.expect(200);
        let source = page.attributes(".app-option__picture", "src").pop().expect("a picture");
        assert_eq!(page.attributes(".app-option__picture", "alt"), ["A bench by the canal"]);
        let picture = officer.get(&source).await.expect(200);
        assert_eq!(picture.header("content-type"), "image/png");
        assert!(picture.text().contains("IDAT") && !picture.text().contains("52.6N"));
        app.anyone().get(&source).await.expect(404);
        let documents = officer.get(&format!("/desk/consultations/{slug}/documents")).await.expect(200);
        assert!(documents.main_text().contains("No documents yet"), "{}", documents.main_text());
    }
}

//! The hub, its search and its feed.

use super::{OFFICER, publish, save, set_dates, whole_draft};
use crate::support::on_both;

const UNKNOWN_POSTCODE: &str = "ZZ1 1ZZ";

on_both! {
    async fn the_hub_lists_by_section_and_says_when_it_closes(app: &TestApp) {
        let empty = app.anyone().get("/consultations").await.expect(200);
        assert!(empty.main_text().contains("There are no consultations yet"));
        let officer = app.sign_in(OFFICER).await;
        let crossing = whole_draft(app, &officer, "A crossing on Canal Street").await;
        publish(app, &crossing).await;
        let draft = whole_draft(app, &officer, "Still a draft").await;
        let hub = app.anyone().get("/consultations").await.expect(200);
        assert_eq!(hub.texts("main h2"), ["Opening soon"]);
        assert!(!hub.text().contains(&draft));
        let park = whole_draft(app, &officer, "A park by the canal").await;
        set_dates(app, &officer, &park, 10, 40).await;
        publish(app, &park).await;
        app.later(48);
        let hub = app.anyone().get("/consultations").await.expect(200);
        assert_eq!(hub.texts("main h2"), ["Open now", "Opening soon"]);
        let card = &hub.texts(".app-card")[0];
        assert!(card.contains("Closes in 2"), "{card}");
        assert!(!card.contains("Why that date"), "that is on its page: {card}");
        assert!(hub.texts(".app-card .app-tag--waiting").contains(&"Opens soon".to_owned()));
        for (stage, found) in [("open", 1), ("forthcoming", 1), ("closed", 0), ("decided", 0), ("", 2), ("nonsense", 2)] {
            let page = app.anyone().get(&format!("/consultations?stage={stage}")).await.expect(200);
            assert_eq!(page.count(".app-card"), found, "{stage}");
        }
        for page in ["0", "99", "-1", "none", ""] {
            app.anyone().get(&format!("/consultations?page={page}")).await.expect(200);
        }
    }

    async fn words_find_by_their_beginning_and_a_changed_text_is_found_at_once(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "A crossing on Canal Street").await;
        let body = [("body", "Hedgehogs and kingfishers live along the towpath. Caf\u{e9}.")];
        save(&officer, &slug, "about", &body).await;
        publish(app, &slug).await;
        let other = whole_draft(app, &officer, "Parking permits").await;
        publish(app, &other).await;
        for (words, found) in [
            ("hedgehog", 1), ("HEDGE", 1), ("kingf", 1), ("canal+hedgehog", 1), ("cross", 2),
            ("permits", 1), ("hurt", 1), ("nothing+like+it", 0), ("%22+OR+1%3D1+--", 0),
            ("%27%3B+DROP", 0), ("*", 2), ("(", 2), ("caf%C3%A9", 1),
        ] {
            let page = app.anyone().get(&format!("/consultations?q={words}")).await.expect(200);
            assert_eq!(page.count(".app-card"), found, "{words}");
        }
        let none = app.anyone().get("/consultations?q=zzz").await.expect(200);
        assert!(none.main_text().contains("No consultations match"));
        assert_eq!(none.value("q"), "zzz");
        let topic = app.anyone().get("/consultations?topic=Streets").await.expect(200);
        assert_eq!(topic.count(".app-card"), 2);
        assert_eq!(app.anyone().get("/consultations?topic=Parks").await.expect(200).count(".app-card"), 0);
    }

    async fn the_hub_is_put_in_another_order(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        for (title, closes) in [("Ärea by the lock", 40), ("Zoo", 50), ("areas of grass", 45)] {
            let slug = whole_draft(app, &officer, title).await;
            set_dates(app, &officer, &slug, 1, closes).await;
            publish(app, &slug).await;
            app.later(1);
        }
        app.later(48);
        for (sort, heading, order) in [
            ("", "Open now", ["Ärea by the lock", "areas of grass", "Zoo"]),
            ("nonsense", "Open now", ["Ärea by the lock", "areas of grass", "Zoo"]),
            ("newest", "Newest first", ["areas of grass", "Zoo", "Ärea by the lock"]),
            ("title", "A to Z", ["Ärea by the lock", "areas of grass", "Zoo"]),
        ] {
            let hub = app.anyone().get(&format!("/consultations?sort={sort}")).await.expect(200);
            assert_eq!(hub.texts(".app-card__title"), order, "{sort}");
            assert_eq!(hub.texts("main h2"), [heading], "{sort}");
        }
        let found = app.anyone().get("/consultations?sort=title&q=grass").await.expect(200);
        assert_eq!(found.texts(".app-card__title"), ["areas of grass"]);
    }

    async fn a_page_speaks_of_what_closed_as_past_and_leads_to_an_outcome_when_there_is_one(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "A crossing on Canal Street").await;
        publish(app, &slug).await;
        app.later(48);
        let path = format!("/consultations/{slug}");
        let open = app.anyone().get(&path).await.expect(200);
        let text = open.main_text();
        assert!(text.contains("What you can change") && text.contains("once 10 people have"), "{text}");
        assert!(text.contains("on paper or by phone"), "{text}");
        let address = format!("{}{path}", app.app.config.base_url);
        assert_eq!(open.texts(".app-address"), [address]);
        app.later(29 * 24);
        let closed = app.anyone().get(&path).await.expect(200).main_text();
        for part in ["This consultation closed on", "What people could change", "What the options were"] {
            assert!(closed.contains(part), "{part}: {closed}");
        }
        assert!(!closed.contains("See what came of it"), "nothing has: {closed}");
        assert!(!closed.contains("on paper or by phone"), "{closed}");
    }

    async fn an_unknown_postcode_is_said_and_kept(app: &TestApp) {
        let page = app.anyone().get("/consultations?postcode=ZZ1+1ZZ").await.expect(200);
        assert_eq!(page.errors(), ["We do not know this postcode. Check it, or choose your ward instead"]);
        assert_eq!(page.value("postcode"), UNKNOWN_POSTCODE);
    }

    async fn the_feed_is_well_formed_and_holds_what_is_public(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "Trees & seats").await;
        let feed = app.anyone().get("/consultations.atom").await.expect(200);
        assert!(!feed.text().contains(&slug));
        publish(app, &slug).await;
        let feed = app.anyone().get("/consultations.atom").await.expect(200);
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        let text = feed.text();
        assert!(text.contains("<title>Trees &amp; seats</title>"), "{text}");
        assert!(text.contains(&format!("<id>{}/consultations/{slug}</id>", app.app.config.base_url)));
        let opened = |text: &str| text.split("<updated>").nth(2).expect("an entry")[..10].to_owned();
        let before = opened(&text);
        app.later(48);
        let after = opened(&app.anyone().get("/consultations.atom").await.expect(200).text());
        assert!(after > before, "{after} is after {before}: it opened");
    }

    async fn public_pages_are_cached_with_a_tag_and_carry_nothing_personal(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "Trees").await;
        publish(app, &slug).await;
        for path in ["/consultations".to_owned(), format!("/consultations/{slug}"), "/consultations.atom".to_owned()] {
            let page = app.anyone().get(&path).await.expect(200);
            assert_ne!(page.header("etag"), "", "{path}");
            assert_eq!(page.header("set-cookie"), "", "{path}");
            assert!(!page.text().contains("Priya Nair"), "{path}");
            let staff = officer.get(&path).await.expect(200);
            assert_eq!(staff.header("etag"), "", "{path}");
        }
    }

    async fn a_page_of_somebody_who_is_signed_in_is_kept_for_nobody_however_its_cookie_is_written(app: &TestApp) {
        use axum::http::{HeaderValue, Method, header::COOKIE};
        let officer = app.sign_in(OFFICER).await;
        let draft = whole_draft(app, &officer, "Trees").await;
        let path = format!("/consultations/{draft}");
        let empty = || axum::body::Body::empty();
        let own = officer.request(Method::GET, &path).body(empty()).expect("a request");
        let own = own.headers()[COOKIE].to_str().expect("text").to_owned();
        let mut seen = 0;
        for written in [
            own.clone(),
            format!("{own}; town=Málaga"),
            format!("town=Málaga; {own}"),
            own.replacen("session=", "%73ession=", 1),
            own.replacen("session=", "session =", 1),
            format!(" ;;{own}"),
        ] {
            let cookie = HeaderValue::from_bytes(written.as_bytes()).expect("a header");
            let request = app.anyone().request(Method::GET, &path).header(COOKIE, cookie);
            let page = app.anyone().send(request.body(empty()).expect("a request")).await;
            seen += usize::from(page.status == 200);
            app.anyone().get(&path).await.expect(404);
        }
        assert!(seen > 1, "they are read as the session's: {seen}");
    }

    async fn a_page_of_ones_own_is_packed_only_where_no_cookie_could_make_it_tell_a_secret(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "Trees").await;
        publish(app, &slug).await;
        app.later(48);
        let officer = app.sign_in(OFFICER).await;
        let path = format!("/consultations/{slug}/respond");
        for (browser, packed) in [(app.anyone(), "br"), (officer, "")] {
            let request = browser
                .request(axum::http::Method::GET, &path)
                .header("accept-encoding", "gzip, br")
                .body(axum::body::Body::empty())
                .expect("a request");
            let page = browser.send(request).await.expect(200);
            assert_eq!(page.header("content-encoding"), packed);
            assert_eq!(app.anyone().get(&path).await.expect(200).header("content-encoding"), "");
        }
    }

    async fn a_postcode_or_a_ward_finds_what_is_about_it(app: &TestApp) {
        app.with_places().await;
        let officer = app.sign_in(OFFICER).await;
        let here = whole_draft(app, &officer, "A crossing in this ward").await;
        let elsewhere = whole_draft(app, &officer, "A crossing elsewhere").await;
        let hub = app.anyone().get("/consultations").await.expect(200);
        let codes = hub.attributes("select[name='ward'] option", "value");
        let names = hub.texts("select[name='ward'] option");
        assert_eq!(names.len(), 25, "24 wards, and anywhere: {names:?}");
        let ward = app.anyone().get("/areas?postcode=DY1+1HF").await.expect(303);
        let code = ward.location().expect("a ward").trim_start_matches("/areas/").to_owned();
        let at = codes.iter().position(|c| *c == code).expect("one of the wards");
        let other = if at == 1 { 2 } else { 1 };
        for (slug, place) in [(&here, at), (&elsewhere, other)] {
            let page = officer.get(&format!("/desk/consultations/{slug}/areas")).await.expect(200);
            let wards = page.texts("label[for^='areas']");
            let values = page.attributes("input[name='areas']", "value");
            let ward = wards.iter().position(|w| *w == names[place]).expect("a ward");
            save(&officer, slug, "areas", &[("areas", &values[ward])]).await;
            publish(app, slug).await;
        }
        for query in ["postcode=dy11hf".to_owned(), format!("ward={code}")] {
            let found = app.anyone().get(&format!("/consultations?{query}")).await.expect(200);
            assert_eq!(found.texts(".app-card__title"), ["A crossing in this ward"], "{query}");
            assert!(found.main_text().contains(&format!("about {}", names[at])));
        }
        let page = app.anyone().get(&format!("/consultations/{here}")).await.expect(200);
        assert!(page.main_text().contains(&names[at]));
    }
}

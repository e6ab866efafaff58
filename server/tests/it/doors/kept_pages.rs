//! Public pages that are kept: by what they know of an address, and in the coding that is taken.

use axum::body::Body;
use axum::http::Method;

use crate::consultation::{OFFICER, publish, whole_draft};
use crate::support::{Browser, Page, on_both};

async fn with(browser: &Browser, path: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = browser.request(Method::GET, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    browser.send(request).await
}

on_both! {
    async fn an_address_with_something_made_up_behind_it_is_no_page_of_its_own(app: &TestApp) {
        let anyone = app.anyone();
        for nth in 0..50 {
            for page in ["/", "/areas", "/consultations", "/outcomes", "/privacy", "/consultations.atom"] {
                anyone.get(&format!("{page}?q{nth}=random&utm_source={nth}")).await.expect(200);
            }
        }
        assert_eq!(app.app.pages.kept(), 6);
        let plain = anyone.get("/consultations").await.expect(200);
        let known = anyone.get("/consultations?q=trees&utm=1").await.expect(200);
        let again = anyone.get("/consultations?x=2&q=trees&q=other").await.expect(200);
        assert_eq!(app.app.pages.kept(), 7);
        assert_eq!(known.value("q"), "trees");
        assert_eq!(known.header("etag"), again.header("etag"));
        assert_ne!(known.header("etag"), plain.header("etag"));
        // The same page in other letters is not kept again and again.
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "Trees").await;
        publish(app, &slug).await;
        for written in ["/consultations/%74rees", "/consultations/tree%73"] {
            anyone.get(written).await.expect(200);
            assert_eq!(app.app.pages.kept(), 7, "{written}");
        }
        // What was kept before it was published is gone.
        anyone.get("/consultations/trees").await.expect(200);
        assert_eq!(app.app.pages.kept(), 1);
    }

    async fn a_page_comes_in_a_coding_that_is_taken_and_each_has_a_tag(app: &TestApp) {
        let anyone = app.anyone();
        let style = anyone.get("/privacy").await.attributes("link[rel=stylesheet]", "href").concat();
        for path in ["/privacy", style.as_str()] {
            let mut tags = std::collections::BTreeSet::new();
            for (accepts, coding) in [
                ("br", "br"),
                ("gzip;q=0.5, br;q=0.9", "br"),
                ("br;q=0", ""),
                ("zebra", ""),
                ("x-brotli", ""),
                ("identity, br;q=0.5", ""),
                ("", ""),
            ] {
                let page = with(&anyone, path, &[("accept-encoding", accepts)]).await.expect(200);
                assert_eq!(page.header("content-encoding"), coding, "{path} {accepts}");
                let tag = page.header("etag").to_owned();
                let known = [("accept-encoding", accepts), ("if-none-match", tag.as_str())];
                let unchanged = with(&anyone, path, &known).await.expect(304);
                assert_eq!(unchanged.header("etag"), tag, "{path} {accepts}");
                let other = if coding.is_empty() { "br" } else { "identity" };
                let known = [("accept-encoding", other), ("if-none-match", tag.as_str())];
                with(&anyone, path, &known).await.expect(200);
                tags.insert((coding, tag));
            }
            assert_eq!(tags.len(), 2, "{path}: one tag a coding, and another for each: {tags:?}");
            let different: std::collections::BTreeSet<_> = tags.iter().map(|(_, tag)| tag).collect();
            assert_eq!(different.len(), 2, "{path}");
        }
    }
}

//! Where a request comes from, and from which page.

use axum::http::StatusCode;
use http_body_util::BodyExt;

use super::{configured, of_status, post};
use crate::support::on_both;

/// Wrong passwords of sixty people who are none, each with such a header of its own.
async fn sixty(router: &axum::Router, forwarded: impl Fn(usize) -> String) -> Vec<StatusCode> {
    let mut answers = Vec::new();
    for nth in 0..60 {
        let email = format!("nobody{nth}@council.example");
        let headers = [("x-forwarded-for", forwarded(nth))];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let guess = [("email", email.as_str()), ("password", "wrong wrong wrong")];
        answers.push(post(router, "/sign-in", &headers, &guess).await.status());
    }
    answers
}

on_both! {
    async fn nobody_behind_our_proxy_looks_like_somebody_else(app: &TestApp) {
        for own in ["203.0.113.10", "203.0.113.10:4711", "[2001:db8::7]:4711", "[2001:db8::7]", "unknown", "_a", ""] {
            let (_app, router) = configured(app, |config| config.trusted_proxies = 1).await;
            let invented = |nth: usize| format!("198.51.100.{nth}, 192.0.2.{nth}, {own}");
            assert_eq!(of_status(&sixty(&router, invented).await, 422), 40, "{own}");
        }
        let (_app, router) = configured(app, |config| config.trusted_proxies = 1).await;
        let real = |nth: usize| format!("unknown, 198.51.100.{nth}:80");
        assert_eq!(of_status(&sixty(&router, real).await, 422), 60, "sixty people");
    }

    async fn a_page_of_our_own_name_without_encryption_sends_no_form_where_people_come_by_https(app: &TestApp) {
        let (_app, router) = configured(app, |config| config.base_url = "https://consult.example".to_owned()).await;
        let sent = async |origin: &str, more: &[(&str, &str)]| {
            let headers = [&[("host", "consult.example"), ("origin", origin)][..], more].concat();
            let answer = post(&router, "/sign-in", &headers, &[("email", "a"), ("password", "b")]).await;
            let status = answer.status().as_u16();
            let body = answer.into_body().collect().await.expect("a body").to_bytes();
            (status, String::from_utf8_lossy(&body).into_owned())
        };
        for origin in ["http://consult.example", "HTTP://consult.example", "http://consult.example:443",
            "http://evil.example", "https://evil.example", "null"]
        {
            let (status, words) = sent(origin, &[]).await;
            assert_eq!(status, 403, "{origin}");
            assert!(words.contains("was not sent from our own pages"), "{origin}: {words}");
        }
        let (status, _) = sent("http://consult.example", &[("sec-fetch-site", "same-origin")]).await;
        assert_eq!(status, 403);
        assert_eq!(sent("https://consult.example", &[]).await.0, 422);
    }
}

//! The doors: what anybody can send, before it comes to anything that this program does.

mod addresses;
mod characters;
mod forms;
mod guesses;
mod kept_pages;
mod network;
mod sessions;
mod sockets;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use server::App;
use server::config::Config;
use tower::ServiceExt;

use crate::support::TestApp;

/// The same application with another configuration.
async fn configured(app: &TestApp, change: impl FnOnce(&mut Config)) -> (App, Router) {
    let mut config = app.app.config.clone();
    change(&mut config);
    let db = server::db::Db::open(&config.database_url).await;
    let app = App::new(config, db.expect("opens"), app.app.clock.clone()).expect("an application");
    let router = server::router::router(&app);
    (app, router)
}

/// Sends one form with these headers.
async fn post(
    router: &Router,
    path: &str,
    headers: &[(&str, &str)],
    fields: &[(&str, &str)],
) -> axum::response::Response {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body)).expect("a request");
    router.clone().oneshot(request).await.expect("answered")
}

/// How many of these answers have this status; every other one is 429.
fn of_status(answers: &[StatusCode], status: u16) -> usize {
    let others = answers
        .iter()
        .filter(|answer| ![status, 429].contains(&answer.as_u16()));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&StatusCode>::new());
    answers
        .iter()
        .filter(|answer| answer.as_u16() == status)
        .count()
}

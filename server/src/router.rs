//! Every route, and what every request passes on its way in.
//!
//! From the outside in: timeout and panic guard, security headers, same-origin check, session,
//! context, failure pages, then the slice.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::http::{self, Error, Failure};
use crate::{
    App, account, consultation, council, desk, insight, moderation, neighbourhood, poll, response,
    session, vote,
};

/// How long the writer may take until the server calls itself not ready.
const READY_WITHIN: Duration = Duration::from_secs(3);

/// The whole application.
pub fn router(app: &App) -> Router {
    let mut same_origin = CsrfLayer::new();
    if let Ok(layer) = same_origin.clone().add_trusted_origin(&app.config.base_url) {
        same_origin = layer;
    }
    let pages = Router::new()
        .merge(account::http::routes(app))
        .merge(desk::routes())
        .merge(council::http::routes(app))
        .merge(consultation::http::routes(app))
        .merge(response::http::routes())
        .merge(vote::http::routes())
        .merge(poll::http::routes())
        .merge(moderation::http::routes())
        .merge(insight::http::routes(app))
        .merge(neighbourhood::http::routes(app))
        .fallback(|| async { Error::NotFound })
        .layer(from_fn(http::readable_address))
        .layer(from_fn_with_state(app.clone(), http::render_failures))
        .layer(from_fn(http::packed))
        .layer(from_fn_with_state(app.clone(), http::expire_after_writing))
        .layer(session::layer(app));
    Router::new()
        .route("/assets/{*path}", get(http::serve_asset))
        .route("/health/live", get(|| async { "live\n" }))
        .route("/health/ready", get(ready))
        .merge(pages)
        .layer(DefaultBodyLimit::max(http::MOST_BYTES))
        .layer(same_origin)
        .layer(from_fn_with_state(app.clone(), http::no_plain_origin))
        .layer(map_response(explain_cross_site))
        .layer(from_fn_with_state(app.clone(), http::security_headers))
        .layer(CatchPanicLayer::custom(
            |_: Box<dyn std::any::Any + Send>| {
                Error::unexpected("a handler panicked").into_response()
            },
        ))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(60),
        ))
        .with_state(app.clone())
}

async fn ready(axum::extract::State(app): axum::extract::State<App>) -> Response {
    if app.db.read().ping().await.is_err() {
        return not_ready("the database does not answer\n");
    }
    // Reading may work while nothing can be written: the writer itself is asked.
    match app.writer.is_ready(READY_WITHIN).await {
        Ok(()) => "ready\n".into_response(),
        Err(_) => not_ready("nothing can be written\n"),
    }
}

fn not_ready(why: &'static str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, why).into_response()
}

/// The same-origin check answers outside the pages; give its refusal at least words.
async fn explain_cross_site(response: Response) -> Response {
    if response.status() == StatusCode::FORBIDDEN
        && response.extensions().get::<Failure>().is_none()
        && response
            .headers()
            .get(axum::http::header::CONTENT_TYPE)
            .is_none()
    {
        return (
            StatusCode::FORBIDDEN,
            "This form was not sent from our own pages, so we did not take it.\n",
        )
            .into_response();
    }
    response
}

//! The signed heads of the record, for everybody: plain text, to keep somewhere else.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::App;
use crate::error::Fault;
use crate::http::{Cached, Error, cached};
use crate::record::heads;

pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .route(app::paths::RECORD_HEADS, get(show))
        .route_layer(from_fn_with_state(Cached::knowing(app, &[]), cached))
}

async fn show(State(app): State<App>) -> Result<Response, Error> {
    let heads: Vec<String> = heads::newest(app.db.read(), heads::PUBLISHED)
        .await
        .map_err(Fault::from)?
        .iter()
        .map(ToString::to_string)
        .collect();
    let key = app.config.record_key.public();
    let text = app::messages::letters::heads(&key, &heads);
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

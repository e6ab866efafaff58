//! The front door of `account`.

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}

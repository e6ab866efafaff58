//! The front door of polls.

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}

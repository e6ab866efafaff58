//! The front door of `neighbourhood`.

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}

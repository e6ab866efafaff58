//! The doors of voting on statements.

mod set_aside;
mod voting;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(voting::routes())
        .merge(set_aside::routes())
}

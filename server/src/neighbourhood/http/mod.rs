//! The front doors of concerns: residents raise and follow them, teams answer them.

mod desk;
mod follow;
mod raise;
mod receipt;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(follow::routes(app))
        .merge(raise::routes())
        .merge(receipt::routes())
        .merge(desk::routes())
}

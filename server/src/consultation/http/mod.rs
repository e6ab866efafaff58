//! The front door of consultations.

mod desk;
mod lists;
mod public;
mod sections;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(public::routes(app))
        .merge(desk::routes())
        .merge(lists::routes())
        .merge(sections::routes())
}

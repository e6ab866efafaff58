//! The front door of consultations.

mod desk;
mod draft;
mod lists;
mod outcome;
mod public;
mod sections;
mod steps;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(public::routes(app))
        .merge(desk::routes())
        .merge(lists::routes())
        .merge(steps::routes())
        .merge(sections::routes())
}

//! The front door of polls.

mod desk;
mod desk_options;
mod register;
mod result;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(desk::routes())
        .merge(desk_options::routes())
        .merge(register::routes())
        .merge(result::routes())
}

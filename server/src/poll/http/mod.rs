//! The doors of polls.

mod desk;
mod desk_options;
mod paper;
mod register;
mod request;
mod result;
mod voter;
mod voter_check;
mod voter_entry;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(desk::routes())
        .merge(desk_options::routes())
        .merge(register::routes())
        .merge(paper::routes())
        .merge(result::routes())
        .merge(voter::routes())
        .merge(voter_entry::routes())
        .merge(voter_check::routes())
}

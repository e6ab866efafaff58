//! The front doors of responding: the questionnaire's pages, *check your answers*, sending, the
//! receipt, the download.
//!
//! Invariant: every page carries every field, so no answer is lost by an error or a restart.

mod answer_form;
mod check;
mod export;
mod receipt;
mod respond;
mod steps;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(respond::routes())
        .merge(check::routes())
        .merge(receipt::routes())
        .merge(export::routes())
}

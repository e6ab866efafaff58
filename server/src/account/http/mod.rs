//! The front door of `account`. One file each for signing in, for one's own password, for
//! managing other people, and for the signed heads of the record.

mod letters;
mod password;
mod people;
mod record;
mod role_words;
mod session;
mod sign_in;

pub(crate) use role_words::role_words;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(sign_in::routes())
        .merge(password::routes())
        .merge(people::routes())
        .merge(letters::routes())
        .merge(record::routes(app))
}

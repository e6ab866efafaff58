//! The front door of `account`. One file each for signing in, for one's own password, and for
//! managing other people.

mod letters;
mod password;
mod people;
mod role_words;
mod session;
mod sign_in;

pub(crate) use role_words::role_words;

use axum::Router;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(sign_in::routes())
        .merge(password::routes())
        .merge(people::routes())
        .merge(letters::routes())
}

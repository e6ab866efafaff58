//! The front door of `account`. One file each for signing in, for one's own password, and for
//! managing other people.

mod password;
mod people;
mod session;
mod sign_in;

use axum::Router;
use domain::account::read::OwnAccount;

use crate::App;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(sign_in::routes())
        .merge(password::routes())
        .merge(people::routes())
}

/// The roles of somebody in words: role and team.
pub(crate) fn role_words(own: &OwnAccount) -> Vec<String> {
    own.roles
        .iter()
        .map(|(role, team)| format!("{}, {team}", app::messages::account::role(*role)))
        .collect()
}

//! Roles as a page says them.

use domain::account::read::OwnAccount;

/// The roles of somebody in words: role and team.
pub(crate) fn role_words(own: &OwnAccount) -> Vec<String> {
    own.roles
        .iter()
        .map(|(role, team)| format!("{}, {team}", app::messages::account::role(*role)))
        .collect()
}

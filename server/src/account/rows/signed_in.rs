//! Whom a session was opened for, and with which password.

use domain::ids::PersonId;

use crate::secret;

/// Somebody who has shown who they are: what a session is opened for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// The mark of the password they showed it with.
    pub mark: String,
}

impl SignedIn {
    /// Whoever showed the password of this stored hash.
    pub fn with(person: PersonId, password_hash: &str) -> Self {
        Self {
            person,
            mark: mark(password_hash),
        }
    }
}

/// What a session keeps of the stored hash of the password it was opened with: enough to tell
/// whether it is still the same, nothing to guess a password from.
fn mark(password_hash: &str) -> String {
    secret::hash(format!("session {password_hash}"))
}

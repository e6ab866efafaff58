//! Signs somebody in. It writes nothing: the session that follows is the door's.

use super::folded;
use crate::App;
use crate::account::rows::people;
use crate::account::rows::signed_in::SignedIn;
use crate::error::{Fault, Refused};
use crate::granted::Caller;
use crate::secret;

/// Signs somebody in.
#[derive(Clone)]
pub struct SignIn {
    /// The address as typed.
    pub email: String,
    /// The password as typed.
    pub password: String,
    /// Whether this browser has signed in with this address before, as its signed cookie says: the
    /// owner still gets in while others guess.
    pub known_browser: bool,
}

/// Nobody is signed in. Nothing says whether the address, the password or the account is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInRefused;

/// The person whose address and password these are. Of many tries at one moment no more are looked
/// at than of tries one by one.
///
/// # Errors
/// [`SignInRefused`]; too many tries on this account.
pub async fn sign_in(
    app: &App,
    _caller: &Caller,
    command: SignIn,
) -> Result<SignedIn, Refused<SignInRefused>> {
    let email = folded(&command.email);
    let counted = if command.known_browser {
        format!("known {}", secret::hash(&email))
    } else {
        secret::hash(&email)
    };
    let guess = app.limits.reserve(&counted).await?;
    let found = guess.looked_up(shown(app, &email, command.password).await)?;
    found.ok_or(Refused::Because(SignInRefused))
}

/// The person whose address and password these are, if they are anybody's.
async fn shown(app: &App, email: &str, password: String) -> Result<Option<SignedIn>, Fault> {
    let found = people::by_email(app.db.read(), email)
        .await?
        .filter(|account| !account.disabled);
    let stored = found
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let right = app
        .hasher
        .verify(password, stored)
        .await
        .map_err(Fault::unexpected)?;
    Ok(found.filter(|_| right).and_then(|account| {
        let hash = account.password_hash.as_deref()?;
        Some(SignedIn::with(account.id, hash))
    }))
}

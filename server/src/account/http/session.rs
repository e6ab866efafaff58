//! The session of a browser, and the cookie by which it is known again.

use axum::http::HeaderMap;
use axum::response::Response;
use domain::account::Email;
use tower_sessions::Session;

use crate::App;
use crate::account::rows::signed_in::SignedIn;
use crate::http::Error;
use crate::http::cookie::{self, NewCookie, SameSite};
use crate::secret;
use crate::session::{MARK, PERSON};

/// Names the account that a browser has signed in to before. Signed, never secret.
const KNOWN: &str = "known";
const KNOWN_DAYS: u32 = 180;

/// A fresh session id at each sign-in, so that one planted before is worth nothing.
pub(super) async fn open(session: &Session, who: &SignedIn) -> Result<(), Error> {
    session.cycle_id().await.map_err(not_kept)?;
    let person = who.person.0;
    session.insert(PERSON, person).await.map_err(not_kept)?;
    session.insert(MARK, &who.mark).await.map_err(not_kept)?;
    // Now rather than after the answer: nobody is shown that they are in and then is not.
    session.save().await.map_err(not_kept)
}

/// Ends the session.
pub(super) async fn close(session: &Session) -> Result<(), Error> {
    session.flush().await.map_err(not_kept)
}

/// Sessions are rows: what can't be written now can be in a moment.
fn not_kept(error: tower_sessions::session::Error) -> Error {
    tracing::error!(%error, "a session could not be kept");
    Error::Unavailable
}

/// Whether this browser has signed in with this address before.
pub(super) fn is_known(app: &App, headers: &HeaderMap, email: &str) -> bool {
    cookie::values(headers, KNOWN)
        .next()
        .and_then(|value| app.config.secret.verify(KNOWN, value))
        .is_some_and(|hash| hash == address_hash(email))
}

/// Remembers that this browser has signed in with this address.
pub(super) fn remember(app: &App, response: Response, email: &str) -> Response {
    let known = NewCookie {
        name: KNOWN,
        value: &app.config.secret.sign(KNOWN, &address_hash(email)),
        path: "/sign-in",
        seconds: KNOWN_DAYS * 86_400,
        same_site: SameSite::Lax,
    };
    known.on(&app.config, response)
}

fn address_hash(email: &str) -> String {
    secret::hash(Email::known_as(email))
}

//! Browser sessions in the database.
//!
//! The published stores sit on another sqlx than sea-orm 2, and two SQLite bindings can't be
//! linked, so the store is our own few methods. Residents have no session: one is made at sign-in.

mod store;

pub use store::{MARK, PERSON, SEEN};

pub use store::Store;

use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use crate::App;

/// Hours without a request after which somebody is signed out.
pub const IDLE_HOURS: i64 = 8;

/// The session layer as the base URL asks for it.
pub fn layer(app: &App) -> SessionManagerLayer<Store> {
    let https = app.config.is_https();
    SessionManagerLayer::new(Store::new(app.db.clone(), app.clock.clone()))
        .with_name(if https { "__Host-session" } else { "session" })
        .with_secure(https)
        .with_http_only(true)
        // Strict would sign people out who come from a link in an email.
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(time::Duration::hours(IDLE_HOURS)))
}

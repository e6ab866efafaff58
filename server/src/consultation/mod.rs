//! Consultations: draft, review, publication, the hub and its pages.

pub mod http;
pub mod hub;
pub mod polls;
pub mod queries;
pub mod regimes;
pub mod search;
pub mod service;
pub mod whole;

use domain::consultation::Consultation;
use domain::consultation::policy::{Act, may};

use crate::http::{Error, Visit};

/// The consultation of this slug, if the visitor may do this with it.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn permitted(visit: &Visit, slug: &str, act: Act) -> Result<Consultation, Error> {
    let Some(found) = queries::by_slug(visit.app.db.read(), slug).await? else {
        // A stranger is asked to sign in whether or not there is a draft of this name.
        if !matches!(act, Act::View | Act::Respond) {
            visit.actor.signed_in()?;
        }
        return Err(Error::NotFound);
    };
    may(&visit.actor, act, &found.context(visit.now))?;
    Ok(found)
}

//! Who asks in a request, read from the session afresh each time, so that a removed role or a
//! disabled account counts at once.

use domain::account::Actor;
use domain::ids::PersonId;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use tower_sessions::Session;
use tower_sessions::session::Error;

use crate::account::rows::member::signed_in;
use crate::account::rows::signed_in::SignedIn;
use crate::db::Db;
use crate::error::Fault;

/// The actor of this session.
pub async fn actor(db: &Db, session: &Session, now: Timestamp) -> Result<Actor, Fault> {
    let Some(id) = kept(session, crate::session::PERSON).await? else {
        return Ok(Actor::Anyone);
    };
    let who = SignedIn {
        person: PersonId(id),
        mark: kept(session, crate::session::MARK)
            .await?
            .unwrap_or_default(),
    };
    let Some(member) = signed_in(db.read(), &who).await? else {
        return Ok(Actor::Anyone);
    };
    let hour = now.as_second() / 3_600;
    let seen = kept(session, crate::session::SEEN).await?;
    if seen != Some(hour) {
        session
            .insert(crate::session::SEEN, hour)
            .await
            .map_err(Fault::unexpected)?;
    }
    Ok(Actor::Member(member))
}

/// What the session keeps under a name. A cookie that is malformed or unknown has nothing; a store
/// that fails is a fault, since whoever is signed in must not be taken for nobody and lose what they
/// typed.
async fn kept<T: DeserializeOwned>(session: &Session, name: &str) -> Result<Option<T>, Fault> {
    match session.get(name).await {
        Ok(value) => Ok(value),
        Err(Error::SerdeJson(_)) => Ok(None),
        Err(failed) => Err(Fault::unexpected(failed)),
    }
}

//! Who asks in a request, read from the session afresh each time, so that a removed role or a
//! disabled account counts at once.

use domain::account::Actor;
use domain::ids::PersonId;
use jiff::Timestamp;
use tower_sessions::Session;

use crate::account::rows::member::member;
use crate::db::Db;
use crate::error::Fault;

/// The actor of this session.
pub async fn actor(db: &Db, session: &Session, now: Timestamp) -> Result<Actor, Fault> {
    // A malformed or unknown cookie is nobody, never a fault.
    let Some(id) = session
        .get::<i64>(crate::session::PERSON)
        .await
        .ok()
        .flatten()
    else {
        return Ok(Actor::Anyone);
    };
    let Some(member) = member(db.read(), PersonId(id)).await? else {
        return Ok(Actor::Anyone);
    };
    let hour = now.as_second() / 3_600;
    let seen = session
        .get::<i64>(crate::session::SEEN)
        .await
        .ok()
        .flatten();
    if seen != Some(hour) {
        session
            .insert(crate::session::SEEN, hour)
            .await
            .map_err(Fault::unexpected)?;
    }
    Ok(Actor::Member(member))
}

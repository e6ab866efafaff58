//! Who asks in a request, read from the session afresh each time, so that a removed role or a
//! disabled account counts at once.

use domain::account::Actor;
use domain::ids::PersonId;
use jiff::Timestamp;
use tower_sessions::Session;
use tower_sessions::session::Error;

use crate::account::rows::member::member;
use crate::db::Db;
use crate::error::Fault;

/// The actor of this session.
pub async fn actor(db: &Db, session: &Session, now: Timestamp) -> Result<Actor, Fault> {
    let Some(id) = number(session, crate::session::PERSON).await? else {
        return Ok(Actor::Anyone);
    };
    let Some(member) = member(db.read(), PersonId(id)).await? else {
        return Ok(Actor::Anyone);
    };
    let hour = now.as_second() / 3_600;
    let seen = number(session, crate::session::SEEN).await?;
    if seen != Some(hour) {
        session
            .insert(crate::session::SEEN, hour)
            .await
            .map_err(Fault::unexpected)?;
    }
    Ok(Actor::Member(member))
}

/// A number of the session. A cookie that is malformed or unknown has none; a store that fails is a
/// fault, since whoever is signed in must not be taken for nobody and lose what they typed.
async fn number(session: &Session, name: &str) -> Result<Option<i64>, Fault> {
    match session.get(name).await {
        Ok(number) => Ok(number),
        Err(Error::SerdeJson(_)) => Ok(None),
        Err(failed) => Err(Fault::unexpected(failed)),
    }
}

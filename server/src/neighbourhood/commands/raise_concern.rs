//! Raising a concern.

use domain::account::Role;
use domain::neighbourhood::policy::may_raise;
use domain::neighbourhood::{ConcernRefused, NewConcern, check_concern};

use crate::App;
use crate::account::rows::roles;
use crate::council::rows::care;
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::neighbourhood::key::ConcernKey;
use crate::neighbourhood::rows::{concern, contact};
use crate::secret::code_hash;

/// Raises a concern about a place.
#[derive(Clone, Debug)]
pub struct RaiseConcern {
    /// The code of the area in which the place is.
    pub area: String,
    /// The concern.
    pub concern: NewConcern,
    /// The key of its form: sent twice with the same words, it is one concern with one code.
    pub key: ConcernKey,
    /// Whether it is invented for a demonstration.
    pub invented: bool,
}

/// Raises it, and gives the key that leads to its receipt. The same form with the same words is one
/// concern; with other words it is another, so that nothing anybody typed is lost.
///
/// # Errors
/// What is missing, in the order of the form; nobody reads concerns there; there is no such area.
pub async fn raise_concern(
    app: &App,
    caller: &Caller,
    command: RaiseConcern,
) -> Result<ConcernKey, Refused<Vec<ConcernRefused>>> {
    let new = &command.concern;
    let key = command.key.with(new);
    let tx = app.db.begin().await?;
    let locked = care::lock(&tx, &command.area).await?;
    let locked = locked.ok_or(Denied::NotFound)?;
    let area = Granted::ask(&tx, caller, locked, |actor, _| may_raise(actor)).await?;
    let category = check_concern(new).map_err(Refused::Because)?;
    let hashes = concern::Hashes {
        key: key.stored(),
        receipt: code_hash(&key.receipt(&app.config.secret)),
    };
    let added = concern::insert(&area, category, new, hashes, command.invented).await?;
    let Some(id) = added else {
        // A retry, or a second click: the concern is there already.
        return Ok(key);
    };
    // What nobody would read is not taken, and nobody is told when it will be answered.
    if !roles::anybody_holds(&tx, Role::NeighbourhoodOfficer, &area.root().teams).await? {
        return Err(Refused::Because(vec![ConcernRefused::NobodyReads]));
    }
    if new.may_contact {
        contact::insert(&area, id, new).await?;
    }
    tx.commit().await?;
    Ok(key)
}

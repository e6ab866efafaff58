//! How every use case on a consultation begins: the root is locked, and the policy is asked of what
//! the lock holds.
//!
//! Not here: what a use case does with the permission, and the lock itself (`rows`).

use domain::account::{Actor, NotPermitted};
use domain::consultation::Consultation;
use domain::consultation::policy::{Context, Permission, may};
use jiff::Timestamp;

use crate::consultation::rows;
use crate::db::Tx;
use crate::error::Denied;
use crate::granted::{Caller, Granted, Locked};

/// Locks the consultation of this slug and asks whether the caller may do this with it.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn grant<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    slug: &str,
    permission: Permission,
) -> Result<Granted<'tx, Consultation>, Denied> {
    let Asking { locked, caller } = find(tx, caller, slug, permission).await?;
    let now = caller.now;
    Granted::ask(tx, &caller, locked, |actor, on| {
        may(actor, permission, &on.context(now))
    })
    .await
}

/// As [`grant`], with a policy of staff that looks at more than a permission.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn grant_if<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    slug: &str,
    policy: impl FnOnce(&Actor, &Context) -> Result<(), NotPermitted>,
) -> Result<Granted<'tx, Consultation>, Denied> {
    grant_by(tx, caller, slug, |actor, on, now| {
        policy(actor, &on.context(now))
    })
    .await
}

/// The same, with a policy of staff that looks at the consultation itself.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn grant_by<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    slug: &str,
    policy: impl FnOnce(&Actor, &Consultation, Timestamp) -> Result<(), NotPermitted>,
) -> Result<Granted<'tx, Consultation>, Denied> {
    // Whoever is not signed in learns nothing of what there is, as with every permission of staff.
    let Asking { locked, caller } = find(tx, caller, slug, Permission::Watch).await?;
    let now = caller.now;
    Granted::ask(tx, &caller, locked, |actor, on| policy(actor, on, now)).await
}

/// Whether a step from stage to stage is to be taken.
#[derive(Debug)]
pub enum Turn<'tx> {
    /// It may be taken.
    Now(Granted<'tx, Consultation>),
    /// It is this person's to take, but at another stage than this one: perhaps it was taken a moment
    /// ago, by a first click.
    Other(Consultation),
}

/// As [`grant`], for steps of one button: what says that the stage is another one is no refusal
/// yet, since the use case may find that what it is for has been done.
///
/// # Errors
/// Not found, or why it is not permitted at any stage.
pub async fn turn<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    slug: &str,
    permission: Permission,
) -> Result<Turn<'tx>, Denied> {
    let Asking { locked, caller } = find(tx, caller, slug, permission).await?;
    let mut other = false;
    let granted = Granted::ask(tx, &caller, locked, |actor, on| {
        let answer = may(actor, permission, &on.context(caller.now));
        other = answer == Err(NotPermitted::NotNow);
        if other { Ok(()) } else { answer }
    })
    .await?;
    Ok(if other {
        Turn::Other(granted.root().clone())
    } else {
        Turn::Now(granted)
    })
}

/// The refusal of a step that is to be taken at another stage.
pub(super) fn other_stage() -> Denied {
    NotPermitted::NotNow.into()
}

/// A consultation that is locked, and who asked for it: at a moment that is not before the last step
/// that was taken with it, since they may have waited for that step.
struct Asking {
    locked: Locked<Consultation>,
    caller: Caller,
}

async fn find(
    tx: &Tx,
    caller: &Caller,
    slug: &str,
    permission: Permission,
) -> Result<Asking, Denied> {
    if let Some(locked) = rows::lock_by_slug(tx, slug).await? {
        let caller = caller.not_before(locked.root().milestones.last_step());
        return Ok(Asking { locked, caller });
    }
    // A stranger is asked to sign in whether or not there is a draft of this name.
    if !matches!(permission, Permission::View | Permission::Respond) {
        caller.actor.signed_in()?;
    }
    Err(Denied::NotFound)
}

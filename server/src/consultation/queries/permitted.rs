//! The consultation that a page is about, for somebody who may do this with it.

use domain::account::{Actor, NotPermitted};
use domain::consultation::Consultation;
use domain::consultation::policy::{Permission, may};
use jiff::Timestamp;
use sea_orm::ConnectionTrait;

use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::Caller;

/// The consultation of this slug, if the caller may do this with it. For pages: a use case asks again
/// behind its lock.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn permitted(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
    permission: Permission,
) -> Result<Consultation, Denied> {
    let Some(found) = rows::by_slug(db, slug).await? else {
        // A stranger is asked to sign in whether or not there is a draft of this name.
        if !matches!(permission, Permission::View | Permission::Respond) {
            caller.actor.signed_in()?;
        }
        return Err(Denied::NotFound);
    };
    may(&caller.actor, permission, &found.context(caller.now))?;
    Ok(found)
}

/// The same with a policy of staff that looks at more than a permission. A stranger is asked to sign in
/// whether or not there is a consultation of this name.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn permitted_by(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
    policy: impl FnOnce(&Actor, &Consultation, Timestamp) -> Result<(), NotPermitted>,
) -> Result<Consultation, Denied> {
    caller.actor.signed_in()?;
    let on = rows::by_slug(db, slug).await?.ok_or(Denied::NotFound)?;
    policy(&caller.actor, &on, caller.now)?;
    Ok(on)
}

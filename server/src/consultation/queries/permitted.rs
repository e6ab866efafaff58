//! The consultation that a page is about, for somebody who may do this with it.

use domain::consultation::Consultation;
use domain::consultation::policy::{Permission, may};
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

//! Use cases on a consultation: one function, one transaction.

mod documents;
mod draft;
mod kind;
mod parts;
mod picture;
mod questions;
mod review;

pub use documents::{
    DocumentRefused, MOST_BYTES, MOST_PICTURE_BYTES, add_document, add_picture, remove_document,
};
pub use draft::{Change, NewDraft, create, create_once, edit};
pub use parts::{
    NewOption, add_option, add_statement, change_option, remove_option, remove_statement,
};
pub use questions::{NewQuestion, add_question, change_question, remove_question};
pub use review::{Refused, approve, publish, send_back, submit_for_review, withdraw};

use domain::account::{Actor, Member};
use domain::consultation::Consultation;
use domain::consultation::policy::{Permission, may};
use domain::ids::{ConsultationId, PersonId};
use jiff::Timestamp;

use crate::App;
use crate::consultation::rows;
use crate::db::Tx;
use crate::error::Denied;
use crate::granted::{Caller, Granted};
use crate::http::Error;
use crate::record::audit;

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
    let Some(locked) = rows::lock_by_slug(tx, slug).await? else {
        // A stranger is asked to sign in whether or not there is a draft of this name.
        if !matches!(permission, Permission::View | Permission::Respond) {
            caller.actor.signed_in()?;
        }
        return Err(Denied::NotFound);
    };
    let now = caller.now;
    Granted::ask(tx, caller, locked, |actor, on| {
        may(actor, permission, &on.context(now))
    })
    .await
}

/// Asks permission inside the transaction that acts on it.
pub(super) async fn permitted(
    tx: &Tx,
    member: &Member,
    id: ConsultationId,
    permission: Permission,
    now: Timestamp,
) -> Result<Consultation, Error> {
    let on = rows::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    may(&Actor::Member(member.clone()), permission, &on.context(now))?;
    Ok(on)
}

/// A draft in the hands of somebody who may change it. Nothing public changes with it.
struct Draft {
    tx: Tx,
    on: Consultation,
    by: PersonId,
    now: Timestamp,
}

async fn editing(
    app: &App,
    member: &Member,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Draft, Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Edit, now).await?;
    Ok(Draft {
        tx,
        on,
        by: member.person,
        now,
    })
}

impl Draft {
    /// Records what was changed, and makes it last.
    async fn done(self, what: &str) -> Result<(), Error> {
        let slug = &self.on.slug;
        audit::append(&self.tx, self.now, Some(self.by), rows::EDIT, slug, what).await?;
        self.tx.commit().await?;
        Ok(())
    }
}

//! Use cases on a consultation: one function, one transaction.

mod documents;
mod draft;
mod grant;
mod kind;
mod parts;
mod picture;
mod questions;
mod review;
mod store_picture;

pub use documents::{DocumentRefused, MOST_BYTES, add_document, remove_document};
pub use draft::{Change, NewDraft, create, create_once, edit};
pub use grant::{Turn, grant, grant_if, turn};
pub use parts::{
    NewOption, add_option, add_statement, change_option, remove_option, remove_statement,
};
pub use questions::{NewQuestion, add_question, change_question, remove_question};
pub use review::{Refused, approve, publish, send_back, submit_for_review, withdraw};
pub use store_picture::{CleanPicture, MOST_PICTURE_BYTES, NewPicture, store_picture};

use domain::account::{Actor, Member};
use domain::consultation::Consultation;
use domain::consultation::policy::{Permission, may};
use domain::ids::{ConsultationId, PersonId};
use jiff::Timestamp;

use crate::App;
use crate::consultation::rows;
use crate::db::Tx;
use crate::http::Error;
use crate::record::audit;

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

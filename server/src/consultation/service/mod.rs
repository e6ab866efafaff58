//! Use cases on a consultation: one method, one transaction.

mod documents;
mod draft;
mod parts;
mod review;

pub use documents::{DocumentRefused, add_document, remove_document};
pub use draft::{Change, NewDraft, create, edit};
pub use parts::{
    NewOption, NewQuestion, add_option, add_question, add_statement, remove_option,
    remove_question, remove_statement,
};
pub use review::{Refused, approve, publish, send_back, submit_for_review, withdraw};

use domain::account::{Actor, Member};
use domain::consultation::Consultation;
use domain::consultation::policy::{Act, may};
use domain::ids::ConsultationId;
use jiff::Timestamp;
use sea_orm::DatabaseTransaction;

use super::queries;
use crate::http::Error;

/// Asks permission inside the transaction that acts on it.
pub(super) async fn permitted(
    tx: &DatabaseTransaction,
    member: &Member,
    id: ConsultationId,
    act: Act,
    now: Timestamp,
) -> Result<Consultation, Error> {
    let on = queries::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    may(&Actor::Member(member.clone()), act, &on.context(now))?;
    Ok(on)
}

//! Invitations: a link that works once, and the letter that brings it.

use domain::ids::PersonId;
use sea_orm::DbErr;

use super::links::{self, Purpose};
use crate::granted::Granted;
use crate::mail::Letter;
use crate::record::outbox::{self, Effect};

/// Sends an invitation; an earlier link stops working.
pub async fn invite<Root: Sync>(
    granted: &Granted<'_, Root>,
    base_url: &str,
    id: PersonId,
    name: &str,
    email: &str,
) -> Result<(), DbErr> {
    let token = links::make(granted, id, Purpose::Invitation).await?;
    let link = format!("{base_url}/invitation/{token}");
    let letter = Letter::to_staff(
        email.to_owned(),
        "You have been invited to Soundings".to_owned(),
        app::messages::letters::invitation(name, &link),
    );
    outbox::push(granted, &Effect::Mail(letter)).await
}

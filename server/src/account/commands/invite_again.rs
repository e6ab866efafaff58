//! Sends an invitation again to somebody who has not taken it yet.

use domain::account::policy::{ManageRefused, may_manage_account};
use domain::edit::CreationKey;
use domain::ids::PersonId;

use super::grant_account;
use crate::App;
use crate::account::rows::{invitations, people, record};
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Locked};
use crate::record::creation;

/// Sends an invitation again.
#[derive(Clone, Debug)]
pub struct InviteAgain {
    /// Who was invited.
    pub person: PersonId,
    /// The key of the form.
    pub key: CreationKey,
}

/// Sends the invitation again; the earlier link stops working. The same form twice sends one letter.
///
/// # Errors
/// They work for an organisation that the caller does not administer; they have a password or are
/// disabled: there is then no invitation.
pub async fn invite_again(
    app: &App,
    caller: &Caller,
    command: InviteAgain,
) -> Result<(), Refused<ManageRefused>> {
    let tx = app.db.begin().await?;
    let person = grant_account(&tx, caller, command.person, may_manage_account).await?;
    if creation::made(&person, &command.key).await?.is_some() {
        return Ok(());
    }
    // Held, so that whoever takes the earlier invitation at this moment comes before or after.
    let locked = people::lock_account(&tx, command.person).await?;
    let account = locked
        .as_ref()
        .map(Locked::root)
        .filter(|account| account.password_hash.is_none() && !account.disabled)
        .ok_or(Denied::NotFound)?;
    let (name, email) = (&account.name, &account.email);
    invitations::invite(&person, &app.config.base_url, account.id, name, email).await?;
    creation::keep(&person, &command.key, account.id).await?;
    record::record(&person, "person.invited-again", account.id, "").await?;
    tx.commit().await?;
    Ok(())
}

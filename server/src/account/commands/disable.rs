//! Disables an account.

use domain::account::policy::{ManageRefused, may_disable};
use domain::ids::PersonId;

use super::grant_account;
use crate::App;
use crate::account::rows::{links, people, record, sessions};
use crate::error::Refused;
use crate::granted::Caller;

/// Disables an account.
#[derive(Clone, Debug)]
pub struct Disable {
    /// Whose.
    pub person: PersonId,
}

/// Disables an account, which ends its sessions and links; twice is once.
///
/// # Errors
/// They work for an organisation that the caller does not administer, are the caller, or are the
/// last administrator of an organisation.
pub async fn disable(
    app: &App,
    caller: &Caller,
    command: Disable,
) -> Result<(), Refused<ManageRefused>> {
    let id = command.person;
    let tx = app.db.begin().await?;
    let person = grant_account(&tx, caller, id, may_disable).await?;
    if !people::set_disabled(&person, id, true).await? {
        return Ok(());
    }
    sessions::end(&person, id).await?;
    links::end(&person, id, None).await?;
    record::record(&person, "person.disabled", id, "").await?;
    tx.commit().await?;
    Ok(())
}

//! Enables an account that was disabled.

use domain::account::policy::{ManageRefused, may_manage_account};
use domain::ids::PersonId;

use super::grant_account;
use crate::App;
use crate::account::rows::{people, record};
use crate::error::Refused;
use crate::granted::Caller;

/// Enables an account.
#[derive(Clone, Debug)]
pub struct Enable {
    /// Whose.
    pub person: PersonId,
}

/// Enables an account: its password and its roles count again. Twice is once.
///
/// # Errors
/// They work for an organisation that the caller does not administer, or are the caller.
pub async fn enable(
    app: &App,
    caller: &Caller,
    command: Enable,
) -> Result<(), Refused<ManageRefused>> {
    let tx = app.db.begin().await?;
    let person = grant_account(&tx, caller, command.person, may_manage_account).await?;
    if !people::set_disabled(&person, command.person, false).await? {
        return Ok(());
    }
    record::record(&person, "person.enabled", command.person, "").await?;
    tx.commit().await?;
    Ok(())
}

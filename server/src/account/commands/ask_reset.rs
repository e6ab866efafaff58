//! Sends a link to set a new password to whoever forgot theirs.

use domain::account::NotPermitted;
use domain::edit::CreationKey;

use super::folded;
use crate::App;
use crate::account::rows::links::{self, Purpose};
use crate::account::rows::{people, record};
use crate::error::Denied;
use crate::granted::{Caller, Granted};
use crate::mail::Letter;
use crate::record::creation;
use crate::record::outbox::{self, Effect};
use crate::secret;

/// Asks for a reset link.
#[derive(Clone, Debug)]
pub struct AskReset {
    /// The address as typed.
    pub email: String,
    /// The key of the form.
    pub key: CreationKey,
}

/// Sends a reset link where the address is a member's. Does the same work where it is nobody's, so
/// that nobody learns who works here.
///
/// # Errors
/// Too many were asked for with this address.
pub async fn ask_reset(app: &App, caller: &Caller, command: AskReset) -> Result<(), Denied> {
    let email = folded(&command.email);
    app.limits
        .count(&format!("reset {}", secret::hash(&email)))?;
    let tx = app.db.begin().await?;
    let locked = people::lock_by_email(&tx, &email).await?;
    // Anybody may ask.
    let asked = Granted::ask(&tx, caller, locked, |_, _| Ok::<(), NotPermitted>(())).await?;
    let account = asked
        .root()
        .as_ref()
        .filter(|account| !account.disabled && account.password_hash.is_some());
    match account {
        Some(account) => {
            let key = creation::key_with(&command.key, &email);
            if creation::made(&asked, &key).await?.is_some() {
                return Ok(());
            }
            let token = links::make(&asked, account.id, Purpose::Reset).await?;
            record::record(&asked, "account.reset-asked", account.id, "").await?;
            let link = format!("{}/reset/{token}", app.config.base_url);
            let letter = Letter::to_staff(
                account.email.clone(),
                "Set a new password for Soundings".to_owned(),
                app::messages::letters::reset(&account.name, &link),
            );
            outbox::push(&asked, &Effect::Mail(letter)).await?;
            creation::keep(&asked, &key, account.id).await?;
        }
        // A write of the same kind, so that the time it takes does not say who works here.
        None => record::note(&asked, "account.reset-asked", "nobody", "").await?,
    }
    tx.commit().await?;
    Ok(())
}

//! Changes one's own password.

use domain::account::{NotPermitted, PasswordRefused, check_password};
use domain::edit::CreationKey;

use crate::App;
use crate::account::rows::signed_in::SignedIn;
use crate::account::rows::{links, people, record, sessions};
use crate::db::there;
use crate::error::{Denied, Fault, Refused};
use crate::granted::{Caller, Granted};
use crate::record::creation;

/// Changes one's own password.
#[derive(Clone)]
pub struct ChangePassword {
    /// The present one as typed.
    pub present: String,
    /// The new one as typed.
    pub new: String,
    /// The key of the form: a second click finds the new password in place, which is no mistake.
    pub key: CreationKey,
}

/// Why a password was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangePasswordRefused {
    /// The present one is another.
    PresentWrong,
    /// The new one may not be a password.
    New(PasswordRefused),
}

/// Changes one's own password, and says who it is with it. Every session ends, and every link.
///
/// # Errors
/// The present password is wrong, the new one may not be one, or too many wrong ones were tried.
pub async fn change_password(
    app: &App,
    caller: &Caller,
    command: ChangePassword,
) -> Result<SignedIn, Refused<ChangePasswordRefused>> {
    let id = caller.actor.signed_in()?.person;
    let account = people::by_id(app.db.read(), id)
        .await?
        .ok_or(Denied::NotFound)?;
    check_password(&command.new, &account.name, &account.email)
        .map_err(|why| Refused::Because(ChangePasswordRefused::New(why)))?;
    let key = creation::key_with(&command.key, &(&command.present, &command.new));
    let guess = app.limits.reserve(&format!("change {id}")).await?;
    let looked_at = account.password_hash;
    let right = app
        .hasher
        .verify(command.present, looked_at.clone())
        .await
        .map(|right| right.then_some(()))
        .map_err(Fault::unexpected);
    let hash = if guess.looked_up(right)?.is_some() {
        let hash = app.hasher.hash(command.new).await;
        Some(hash.map_err(Fault::unexpected)?)
    } else {
        None
    };
    let tx = app.db.begin().await?;
    let locked = people::lock_account(&tx, id)
        .await?
        .ok_or(Denied::NotFound)?;
    let own = Granted::ask(&tx, caller, locked, |actor, account| {
        if actor.signed_in()?.person == account.id {
            Ok(())
        } else {
            Err(NotPermitted::Forbidden)
        }
    })
    .await?;
    if creation::made(&own, &key).await?.is_some() {
        let hash = there(
            own.root().password_hash.as_deref(),
            "a password that was set",
        )?;
        return Ok(SignedIn::with(id, hash));
    }
    // Somebody may have set another one since this one was looked at.
    let hash = hash.filter(|_| own.root().password_hash == looked_at);
    let Some(hash) = hash else {
        return Err(Refused::Because(ChangePasswordRefused::PresentWrong));
    };
    let signed_in = SignedIn::with(id, &hash);
    people::set_password(&own, id, hash).await?;
    links::end(&own, id, None).await?;
    sessions::end(&own, id).await?;
    creation::keep(&own, &key, id).await?;
    record::record(&own, "account.password-changed", id, "").await?;
    tx.commit().await?;
    Ok(signed_in)
}

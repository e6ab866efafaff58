//! Sets a password by a one-time link: the first one of somebody invited, or a new one.

use domain::account::{Actor, NotPermitted, PasswordRefused, check_password};

use crate::App;
use crate::account::rows::links::{self, Purpose};
use crate::account::rows::people::{self, Account};
use crate::account::rows::signed_in::SignedIn;
use crate::account::rows::{member, record, sessions};
use crate::error::{Denied, Fault, Refused};
use crate::granted::{Caller, Granted};

/// Sets a password by a link.
#[derive(Clone)]
pub struct SetPasswordByLink {
    /// The token of the link.
    pub token: String,
    /// What the link is for.
    pub purpose: Purpose,
    /// The new password as typed.
    pub password: String,
}

/// Whose link it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkHolder {
    /// Who, with the password that they set.
    pub signed_in: SignedIn,
    /// Their address.
    pub email: String,
}

/// Why no password was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRefused {
    /// The link was used, has expired, or never was one.
    Over,
    /// The password may not be one.
    Password(PasswordRefused),
}

/// Sets a password by a link, which works once, and says whose it is. Every session ends. A second
/// click with the same password is answered as the first was.
///
/// # Errors
/// The link is over, or the password may not be one.
pub async fn set_password_by_link(
    app: &App,
    caller: &Caller,
    command: SetPasswordByLink,
) -> Result<LinkHolder, Refused<LinkRefused>> {
    let (token, purpose) = (command.token.as_str(), command.purpose);
    let Some(holder) = links::look(app.db.read(), caller.now, token, purpose).await? else {
        return used_already(app, caller, &command).await;
    };
    check_password(&command.password, &holder.name, &holder.email)
        .map_err(|why| Refused::Because(LinkRefused::Password(why)))?;
    let hash = app
        .hasher
        .hash(command.password.clone())
        .await
        .map_err(Fault::unexpected)?;
    let tx = app.db.begin().await?;
    let locked = people::lock_account(&tx, holder.id)
        .await?
        .ok_or(Denied::NotFound)?;
    // Whoever has the link is taken for the person it was sent to.
    let by = match member::member(&tx, holder.id).await? {
        Some(member) => Caller::member(member, caller.now),
        None => return Err(Refused::Because(LinkRefused::Over)),
    };
    let own = Granted::ask(&tx, &by, locked, is_own).await?;
    if !links::take(&own, token, purpose).await? {
        drop(tx);
        return used_already(app, caller, &command).await;
    }
    let id = own.root().id;
    let signed_in = SignedIn::with(id, &hash);
    people::set_password(&own, id, hash).await?;
    links::end(&own, id, None).await?;
    sessions::end(&own, id).await?;
    record::record(&own, "account.password-set", id, "").await?;
    tx.commit().await?;
    Ok(LinkHolder {
        signed_in,
        email: holder.email,
    })
}

fn is_own(actor: &Actor, account: &Account) -> Result<(), NotPermitted> {
    if actor.signed_in()?.person == account.id {
        Ok(())
    } else {
        Err(NotPermitted::Forbidden)
    }
}

/// The second of two clicks: the link is used up, and the password is the one it set.
async fn used_already(
    app: &App,
    caller: &Caller,
    command: &SetPasswordByLink,
) -> Result<LinkHolder, Refused<LinkRefused>> {
    let db = app.db.read();
    let over = || Refused::Because(LinkRefused::Over);
    let found = links::used_just_now(db, caller.now, &command.token, command.purpose).await?;
    let account = found.ok_or_else(over)?;
    // Saying yes to a password is a try like any other.
    let guess = app.limits.reserve(&format!("link {}", account.id)).await?;
    let hash = account.password_hash.ok_or_else(over)?;
    let right = app
        .hasher
        .verify(command.password.clone(), Some(hash.clone()))
        .await
        .map(|right| right.then_some(()))
        .map_err(Fault::unexpected);
    guess.looked_up(right)?.ok_or_else(over)?;
    Ok(LinkHolder {
        signed_in: SignedIn::with(account.id, &hash),
        email: account.email,
    })
}

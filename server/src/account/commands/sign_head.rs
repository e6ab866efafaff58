//! The program signs the head of the record, and sends it to the auditors once a day.
//!
//! Invariant: only a record that still holds what was signed last, and in which every entry since
//! follows from the one before it, is signed again: else a record that was changed would be sworn to.

use domain::account::Role;
use domain::calendar::uk_day;
use domain::council::Partnership;

use crate::App;
use crate::account::rows::{member, people};
use crate::council::rows::locks;
use crate::db::Tx;
use crate::error::{Denied, Fault};
use crate::granted::{Caller, Granted};
use crate::mail::Letter;
use crate::record::audit::{self, Followed};
use crate::record::outbox::{self, Effect};
use crate::record::{heads, site};

/// Signs the head of the record, where it has moved on since the last one.
#[derive(Clone, Copy, Debug)]
pub struct SignHead;

/// Signs it.
///
/// # Errors
/// A record that no longer holds what was signed, or does not follow from it.
pub async fn sign_head(app: &App, caller: &Caller, SignHead: SignHead) -> Result<(), Denied> {
    let last = heads::last_place(app.db.read()).await?;
    if !audit::is_there(app.db.read(), &last).await? {
        return Err(changed("the entry that was signed last is not there"));
    }
    // What is long is read before the transaction, and only what came meanwhile in it.
    let reached = audit::follow(app.db.read(), last.clone(), |_| {}).await?;
    let tx = app.db.begin().await?;
    let granted = program(&tx, caller).await?;
    let reached = match reached {
        Followed::To(place) => audit::follow(&tx, place, |_| {}).await?,
        broken @ Followed::BrokenAt(_) => broken,
    };
    let place = match reached {
        Followed::To(place) => place,
        Followed::BrokenAt(entry) => {
            return Err(changed(&format!("entry {entry} does not follow")));
        }
    };
    if place == last {
        return Ok(());
    }
    let head = app
        .config
        .record_key
        .sign(place.entries, place.hash.clone(), caller.now);
    heads::insert(&granted, &head, &place).await?;
    site::changed(&granted).await?;
    tx.commit().await?;
    app.pages.expire();
    Ok(())
}

/// Sends the newest head to the auditors, where none was sent today.
#[derive(Clone, Copy, Debug)]
pub struct MailHead;

/// Sends it, so that a copy is where nobody can change it here.
///
/// # Errors
/// Nothing was sent; it is tried again.
pub async fn mail_head(app: &App, caller: &Caller, MailHead: MailHead) -> Result<(), Denied> {
    let today = uk_day(caller.now);
    let tx = app.db.begin().await?;
    let granted = program(&tx, caller).await?;
    let Some(head) = heads::to_mail(&tx, today).await? else {
        return Ok(());
    };
    let mut letters = Vec::new();
    let mut auditors = Vec::new();
    for (person, _) in member::holders(&tx, Role::Auditor).await? {
        if auditors.contains(&person) {
            continue;
        }
        auditors.push(person);
        if let Some(account) = people::by_id(&tx, person)
            .await?
            .filter(|one| !one.disabled)
        {
            letters.push(Effect::Mail(Letter::to_staff(
                account.email,
                app::messages::letters::HEAD_SUBJECT.to_owned(),
                app::messages::letters::head(&account.name, &head.to_string()),
            )));
        }
    }
    if letters.is_empty() {
        return Ok(());
    }
    outbox::push_all(&granted, &letters).await?;
    heads::mailed(&granted, &head, today).await?;
    tx.commit().await?;
    Ok(())
}

/// Two servers that sign at one moment come one after the other.
async fn program<'tx>(tx: &'tx Tx, caller: &Caller) -> Result<Granted<'tx, Partnership>, Denied> {
    let locked = locks::lock_partnership(tx).await?;
    Ok(Granted::to_the_program(tx, caller.now, locked).await)
}

fn changed(how: &str) -> Denied {
    Fault::unexpected(format!("the record was changed, and is not signed: {how}")).into()
}

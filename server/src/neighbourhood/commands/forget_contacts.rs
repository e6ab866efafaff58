//! Forgetting how to reach those whose concern has ended. Asked for by a job, not by a person.

use domain::retention::CONCERN_CONTACT_DAYS;
use jiff::{SignedDuration, Timestamp};

use crate::App;
use crate::error::Fault;
use crate::granted::{Caller, Granted};
use crate::neighbourhood::rows::contact;

/// How many go in one transaction.
const AT_A_TIME: u64 = 500;

/// Forgets how to reach those whose concern has ended.
#[derive(Clone, Copy, Debug)]
pub struct ForgetContacts;

/// Forgets them, some hundred a transaction, so that nobody who writes waits for long.
///
/// # Errors
/// What is under us; what was forgotten by then stays forgotten.
pub async fn forget_contacts(
    app: &App,
    caller: &Caller,
    ForgetContacts: ForgetContacts,
) -> Result<(), Fault> {
    let now = caller.now;
    let kept = SignedDuration::from_hours(CONCERN_CONTACT_DAYS * 24);
    let before = now.saturating_sub(kept).unwrap_or(Timestamp::MIN);
    loop {
        let tx = app.db.begin().await?;
        let expired = contact::lock_expired(&tx, before, AT_A_TIME).await?;
        let granted = Granted::to_the_program(&tx, now, expired).await;
        let found = granted.root().len();
        if found == 0 {
            return Ok(());
        }
        contact::forget(&granted).await?;
        tx.commit().await?;
    }
}

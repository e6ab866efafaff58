//! Signs the head of the record each hour in which it moved on, and sends it to the auditors each day.

use std::time::Duration;

use tokio::sync::watch;

use super::every::every;
use crate::App;
use crate::account::commands::{MailHead, SignHead, mail_head, sign_head};
use crate::error::Denied;
use crate::granted::Caller;

pub(super) async fn run(app: App, period: Duration, stop: watch::Receiver<bool>) {
    every(period, stop, async || {
        if let Err(error) = sign_and_mail(&app).await {
            tracing::error!(%error, "the record could not be signed");
        }
    })
    .await;
}

/// Signs and sends what is due. Where nothing can be signed, because the record was changed, the newest
/// head there is still leaves: it is what shows the change.
///
/// # Errors
/// A record that can't be read, or that was changed; letters that could not be written.
pub async fn sign_and_mail(app: &App) -> Result<(), Denied> {
    let caller = Caller::anyone(app.clock.now());
    let signed = sign_head(app, &caller, SignHead).await;
    let mailed = mail_head(app, &caller, MailHead).await;
    if let (Err(_), Err(error)) = (&signed, &mailed) {
        tracing::warn!(%error, "nor could the auditors’ letters be written");
    }
    signed.and(mailed)
}

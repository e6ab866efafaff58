//! Having the receipt of a concern sent by email.

use app::messages::neighbourhood as words;
use app::paths;
use app::ui::dates;
use domain::account::{Email, EmailRefused};
use domain::edit::CreationKey;

use crate::App;
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::mail::Letter;
use crate::neighbourhood::key::ConcernKey;
use crate::neighbourhood::rows::concern;
use crate::record::creation;
use crate::record::outbox::{self, Effect};

/// Has the receipt of a concern sent to an address.
#[derive(Clone, Debug)]
pub struct MailConcernReceipt {
    /// The key that only the browser of its author holds.
    pub of: ConcernKey,
    /// The address.
    pub to: String,
    /// The key of the form: sent twice, it is one letter.
    pub key: CreationKey,
}

/// Sends it, once.
///
/// # Errors
/// No letter can be sent to this, or too many were; there is no concern of this key.
pub async fn mail_concern_receipt(
    app: &App,
    caller: &Caller,
    command: MailConcernReceipt,
) -> Result<(), Refused<EmailRefused>> {
    let to = Email::parse(&command.to).map_err(Refused::Because)?;
    let code = command.of.receipt(&app.config.secret);
    let tx = app.db.begin().await?;
    let locked = concern::lock_receipt(&tx, &code).await?;
    let locked = locked.ok_or(Denied::NotFound)?;
    // Whoever holds the key may have its receipt: the key is the permission.
    let granted = Granted::ask(&tx, caller, locked, |_, _| Ok::<(), Denied>(())).await?;
    let key = creation::key_with(&command.key, &to.as_str());
    if creation::made(&granted, &key).await?.is_some() {
        return Ok(());
    }
    app.limits.letter_to(&app.config.secret, &to)?;
    let letter = Letter::to_resident(
        to.as_str().to_owned(),
        words::RECEIPT_SUBJECT.to_owned(),
        words::receipt_letter(
            &code.to_string(),
            &dates::until(granted.root().due),
            &format!("{}{}", app.config.base_url, paths::CONCERN_LOOK_UP),
        ),
    );
    outbox::push(&granted, &Effect::Mail(letter)).await?;
    creation::keep(&granted, &key, "receipt").await?;
    tx.commit().await?;
    Ok(())
}

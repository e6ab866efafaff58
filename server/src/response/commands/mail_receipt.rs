//! Having the receipt of a response sent by email.

use domain::account::{Email, EmailRefused};
use domain::code::Code;
use domain::edit::CreationKey;

use crate::App;
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::record::{creation, outbox};
use crate::response::commands::letter;
use crate::response::rows::stored;

/// Has the receipt of a response sent to an address.
#[derive(Clone, Debug)]
pub struct MailReceipt {
    /// The consultation, by its name in addresses.
    pub on: String,
    /// The receipt code, which only the respondent holds.
    pub code: Code,
    /// The address.
    pub to: String,
    /// The key of the form: sent twice, it is one letter.
    pub key: CreationKey,
}

/// Sends it, once.
///
/// # Errors
/// No letter can be sent to this, or too many were; there is no response of this code to this
/// consultation.
pub async fn mail_receipt(
    app: &App,
    caller: &Caller,
    command: MailReceipt,
) -> Result<(), Refused<EmailRefused>> {
    let to = Email::parse(&command.to).map_err(Refused::Because)?;
    let on = app.questionnaires.of(&app.db, &command.on).await?;
    let on = on.ok_or(Denied::NotFound)?;
    let tx = app.db.begin().await?;
    let locked = stored::lock_by_receipt(&tx, &command.code).await?;
    let locked = locked.ok_or(Denied::NotFound)?;
    // Whoever holds the code may have its receipt: the code is the permission.
    let granted = Granted::ask(&tx, caller, locked, |_, response| {
        let to_this = response.consultation == on.consultation.id;
        to_this.then_some(()).ok_or(Denied::NotFound)
    })
    .await?;
    let key = creation::key_with(&command.key, &to.as_str());
    if creation::made(&granted, &key).await?.is_some() {
        return Ok(());
    }
    app.limits.letter_to(&app.config.secret, &to)?;
    let at = granted.root().at;
    let effect = letter::receipt(app, &on.about.title, to.as_str(), &command.code, at);
    outbox::push(&granted, &effect).await?;
    creation::keep(&granted, &key, "receipt").await?;
    tx.commit().await?;
    Ok(())
}

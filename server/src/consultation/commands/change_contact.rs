//! Changing whom people can ask.

use domain::consultation::draft::{Contact, DraftRefused, Section};
use domain::consultation::policy::Permission;
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;
use crate::record::revision::{self, Moved};

/// Changes whom people can ask.
#[derive(Clone, Debug)]
pub struct ChangeContact {
    /// The draft's name in addresses.
    pub on: String,
    /// What it is to say.
    pub contact: Contact,
    /// The version that the person saw.
    pub seen: Version,
}

/// Changes whom people can ask.
///
/// # Errors
/// The address is none; a colleague who was there first.
pub async fn change_contact(
    app: &App,
    caller: &Caller,
    command: ChangeContact,
) -> Result<(), Refused<DraftRefused>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let contact = command.contact.checked().map_err(Refused::Because)?;
    let subject = Section::Contact.subject(draft.root().id);
    if revision::advance(&draft, &subject, command.seen, &contact).await? == Moved::Already {
        return Ok(());
    }
    rows::draft::set_contact(&draft, contact).await?;
    rows::steps::record_edit(&draft, "contact").await?;
    tx.commit().await?;
    Ok(())
}

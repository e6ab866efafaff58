//! Changing an option of a draft.

use domain::consultation::draft::{DraftRefused, NewOption, option_subject};
use domain::consultation::policy::Permission;
use domain::edit::Version;
use domain::ids::OptionId;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;
use crate::record::revision::{self, Moved};

/// Changes an option of a draft; its place stays.
#[derive(Clone, Debug)]
pub struct ChangeOption {
    /// The draft's name in addresses.
    pub on: String,
    /// Which one.
    pub which: OptionId,
    /// What it is to say.
    pub option: NewOption,
    /// The version that the person saw.
    pub seen: Version,
}

/// Changes an option of a draft; its place stays.
///
/// # Errors
/// It was removed; a colleague who was there first.
pub async fn change_option(
    app: &App,
    caller: &Caller,
    command: ChangeOption,
) -> Result<(), Refused<DraftRefused>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    if !rows::parts::has_option(&draft, command.which).await? {
        return Err(Refused::Because(DraftRefused::Removed));
    }
    let option = command.option.trimmed();
    let subject = option_subject(command.which);
    if revision::advance(&draft, &subject, command.seen, &option).await? == Moved::Already {
        return Ok(());
    }
    rows::parts::set_option(&draft, command.which, option).await?;
    rows::steps::record_edit(&draft, "change option").await?;
    tx.commit().await?;
    Ok(())
}

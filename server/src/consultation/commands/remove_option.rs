//! Taking an option out of a draft.

use domain::consultation::draft::option_subject;
use domain::consultation::policy::Permission;
use domain::edit::Version;
use domain::ids::OptionId;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::Caller;
use crate::record::revision;

/// Takes an option out of a draft.
#[derive(Clone, Debug)]
pub struct RemoveOption {
    /// The draft's name in addresses.
    pub on: String,
    /// Which one.
    pub which: OptionId,
    /// The version that the person saw.
    pub seen: Version,
}

/// Takes an option out of a draft. What is gone already stays gone: a second click is no refusal.
///
/// # Errors
/// A colleague changed it since this person saw it.
pub async fn remove_option(
    app: &App,
    caller: &Caller,
    command: RemoveOption,
) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    if !rows::parts::has_option(&draft, command.which).await? {
        return Ok(());
    }
    let subject = option_subject(command.which);
    revision::advance(&draft, &subject, command.seen, &"removed").await?;
    rows::parts::delete_option(&draft, command.which).await?;
    rows::steps::record_edit(&draft, "remove option").await?;
    tx.commit().await?;
    Ok(())
}

//! Adding an option to a draft.

use domain::consultation::draft::NewOption;
use domain::consultation::policy::Permission;
use domain::edit::CreationKey;
use domain::ids::OptionId;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::{Denied, Fault};
use crate::granted::Caller;
use crate::record::creation;

/// Adds an option to a draft at the end.
#[derive(Clone, Debug)]
pub struct AddOption {
    /// The draft's name in addresses.
    pub on: String,
    /// What it says.
    pub option: NewOption,
    /// The form's key.
    pub key: CreationKey,
}

/// Adds an option to a draft at the end; a second click gives the one that the first added.
pub async fn add_option(
    app: &App,
    caller: &Caller,
    command: AddOption,
) -> Result<OptionId, Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let key = creation::key_with(&command.key, &command.option);
    if let Some(made) = creation::made(&draft, &key).await? {
        return Ok(OptionId(made.parse().map_err(Fault::unexpected)?));
    }
    let option = command.option.trimmed();
    let id = rows::parts::insert_option(&draft, option).await?;
    creation::keep(&draft, &key, id).await?;
    rows::steps::record_edit(&draft, "add option").await?;
    tx.commit().await?;
    Ok(id)
}

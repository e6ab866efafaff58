//! Taking a document out of a draft.

use domain::consultation::policy::Permission;
use domain::ids::DocumentId;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::Caller;

/// Takes a document out of a draft.
#[derive(Clone, Debug)]
pub struct RemoveDocument {
    /// The draft's name in addresses.
    pub on: String,
    /// Which one.
    pub which: DocumentId,
}

/// Takes a document out of a draft. What is gone already stays gone: a second click is no refusal.
pub async fn remove_document(
    app: &App,
    caller: &Caller,
    command: RemoveDocument,
) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    if rows::documents::delete_document(&draft, command.which).await? {
        rows::steps::record_edit(&draft, "remove document").await?;
        tx.commit().await?;
    }
    Ok(())
}

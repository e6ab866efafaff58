//! Taking a statement of the owner out of a draft.

use domain::consultation::policy::Permission;
use domain::ids::StatementId;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::Caller;
use crate::vote;

/// Takes a statement of the owner out of a draft.
#[derive(Clone, Debug)]
pub struct RemoveStatement {
    /// The draft's name in addresses.
    pub on: String,
    /// Which one.
    pub which: StatementId,
}

/// Takes a statement of the owner out of a draft. What is gone already stays gone: a second click is no refusal.
pub async fn remove_statement(
    app: &App,
    caller: &Caller,
    command: RemoveStatement,
) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    if vote::rows::seed::delete(&draft, command.which).await? {
        rows::steps::record_edit(&draft, "remove statement").await?;
        tx.commit().await?;
    }
    Ok(())
}

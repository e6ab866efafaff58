//! Changing what a draft says is open to change.

use domain::consultation::draft::{Scope, Section};
use domain::consultation::policy::Permission;
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::Caller;
use crate::record::revision::{self, Moved};

/// Changes what a draft says is open to change.
#[derive(Clone, Debug)]
pub struct ChangeScope {
    /// The draft's name in addresses.
    pub on: String,
    /// What it is to say.
    pub scope: Scope,
    /// The version that the person saw.
    pub seen: Version,
}

/// Changes what a draft says is open to change.
///
/// # Errors
/// A colleague who was there first.
pub async fn change_scope(app: &App, caller: &Caller, command: ChangeScope) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let scope = command.scope.trimmed();
    let subject = Section::Scope.subject(draft.root().id);
    if revision::advance(&draft, &subject, command.seen, &scope).await? == Moved::Already {
        return Ok(());
    }
    rows::draft::set_scope(&draft, scope).await?;
    rows::steps::record_edit(&draft, "scope").await?;
    tx.commit().await?;
    Ok(())
}

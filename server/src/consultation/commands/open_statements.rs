//! Letting residents add statements of their own, or not.

use domain::consultation::draft::{DraftRefused, Section};
use domain::consultation::policy::Permission;
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;
use crate::record::revision::{self, Moved};

/// Says whether residents may add statements of their own.
#[derive(Clone, Debug)]
pub struct OpenStatements {
    /// The draft's name in addresses.
    pub on: String,
    /// Whether they may.
    pub open: bool,
    /// The version that the person saw.
    pub seen: Version,
}

/// Says whether residents may add statements of their own.
///
/// # Errors
/// The regime allows no vote; a colleague who was there first.
pub async fn open_statements(
    app: &App,
    caller: &Caller,
    command: OpenStatements,
) -> Result<(), Refused<DraftRefused>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let open = command.open;
    if open && !draft.root().voting_allowed {
        return Err(Refused::Because(DraftRefused::VoteNotAllowed));
    }
    let subject = Section::Statements.subject(draft.root().id);
    if revision::advance(&draft, &subject, command.seen, &open).await? == Moved::Already {
        return Ok(());
    }
    rows::draft::set_statements_open(&draft, open).await?;
    rows::steps::record_edit(&draft, "statements").await?;
    tx.commit().await?;
    Ok(())
}

//! Adding a statement of the owner to a draft.

use domain::consultation::policy::Permission;
use domain::edit::CreationKey;
use domain::vote::statement::{StatementRefused, check_statement};

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;
use crate::record::creation;
use crate::vote;

/// Adds a statement that people can agree or disagree with.
#[derive(Clone, Debug)]
pub struct AddStatement {
    /// The draft's name in addresses.
    pub on: String,
    /// What it says.
    pub text: String,
    /// The form's key.
    pub key: CreationKey,
}

/// Why a statement is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddStatementRefused {
    /// The regime allows no vote: grounds decide, not numbers.
    VoteNotAllowed,
    /// Its words.
    Words(StatementRefused),
}

/// Adds a statement of the owner. What the draft says already is not added a second time.
///
/// # Errors
/// A regime that allows no vote; words that make no statement.
pub async fn add_statement(
    app: &App,
    caller: &Caller,
    command: AddStatement,
) -> Result<(), Refused<AddStatementRefused>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let key = creation::key_with(&command.key, &command.text);
    if creation::made(&draft, &key).await?.is_some() {
        return Ok(());
    }
    if !draft.root().voting_allowed {
        return Err(Refused::Because(AddStatementRefused::VoteNotAllowed));
    }
    let text = check_statement(&command.text, 0)
        .map_err(|refused| Refused::Because(AddStatementRefused::Words(refused)))?;
    if let Some(id) = vote::rows::seed::insert(&draft, text).await? {
        creation::keep(&draft, &key, id).await?;
        rows::steps::record_edit(&draft, "add statement").await?;
        tx.commit().await?;
    }
    Ok(())
}

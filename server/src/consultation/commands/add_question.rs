//! Adding a question to a draft.

use domain::consultation::draft::{DraftRefused, NewQuestion};
use domain::consultation::policy::Permission;
use domain::edit::CreationKey;
use domain::ids::QuestionId;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::{Fault, Refused};
use crate::granted::Caller;
use crate::record::creation;

/// Adds a question to a draft at the end.
#[derive(Clone, Debug)]
pub struct AddQuestion {
    /// The draft's name in addresses.
    pub on: String,
    /// What it says.
    pub question: NewQuestion,
    /// The form's key.
    pub key: CreationKey,
}

/// Adds a question to a draft at the end; a second click gives the one that the first added.
///
/// # Errors
/// What [`NewQuestion::checked`] says.
pub async fn add_question(
    app: &App,
    caller: &Caller,
    command: AddQuestion,
) -> Result<QuestionId, Refused<DraftRefused>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let key = creation::key_with(&command.key, &command.question);
    if let Some(made) = creation::made(&draft, &key).await? {
        return Ok(QuestionId(made.parse().map_err(Fault::unexpected)?));
    }
    let voting_allowed = draft.root().voting_allowed;
    let question = command
        .question
        .checked(voting_allowed)
        .map_err(Refused::Because)?;
    let id = rows::parts::insert_question(&draft, question).await?;
    creation::keep(&draft, &key, id).await?;
    rows::steps::record_edit(&draft, "add question").await?;
    tx.commit().await?;
    Ok(id)
}

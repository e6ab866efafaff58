//! Changing a question of a draft.

use domain::consultation::draft::{DraftRefused, NewQuestion, question_subject};
use domain::consultation::policy::Permission;
use domain::edit::Version;
use domain::ids::QuestionId;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;
use crate::record::revision::{self, Moved};

/// Changes a question of a draft; its place stays.
#[derive(Clone, Debug)]
pub struct ChangeQuestion {
    /// The draft's name in addresses.
    pub on: String,
    /// Which one.
    pub which: QuestionId,
    /// What it is to say.
    pub question: NewQuestion,
    /// The version that the person saw.
    pub seen: Version,
}

/// Changes a question of a draft; its place stays.
///
/// # Errors
/// It was removed; what [`NewQuestion::checked`] says; a colleague who was there first.
pub async fn change_question(
    app: &App,
    caller: &Caller,
    command: ChangeQuestion,
) -> Result<(), Refused<DraftRefused>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    if !rows::parts::has_question(&draft, command.which).await? {
        return Err(Refused::Because(DraftRefused::Removed));
    }
    let voting_allowed = draft.root().voting_allowed;
    let question = command
        .question
        .checked(voting_allowed)
        .map_err(Refused::Because)?;
    let subject = question_subject(command.which);
    if revision::advance(&draft, &subject, command.seen, &question).await? == Moved::Already {
        return Ok(());
    }
    rows::parts::set_question(&draft, command.which, question).await?;
    rows::steps::record_edit(&draft, "change question").await?;
    tx.commit().await?;
    Ok(())
}

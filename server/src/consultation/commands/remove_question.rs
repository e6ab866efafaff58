//! Taking a question out of a draft.

use domain::consultation::draft::question_subject;
use domain::consultation::policy::Permission;
use domain::edit::Version;
use domain::ids::QuestionId;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::Caller;
use crate::record::revision;

/// Takes a question out of a draft.
#[derive(Clone, Debug)]
pub struct RemoveQuestion {
    /// The draft's name in addresses.
    pub on: String,
    /// Which one.
    pub which: QuestionId,
    /// The version that the person saw.
    pub seen: Version,
}

/// Takes a question out of a draft. What is gone already stays gone: a second click is no refusal.
///
/// # Errors
/// A colleague changed it since this person saw it.
pub async fn remove_question(
    app: &App,
    caller: &Caller,
    command: RemoveQuestion,
) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    if !rows::parts::has_question(&draft, command.which).await? {
        return Ok(());
    }
    let subject = question_subject(command.which);
    revision::advance(&draft, &subject, command.seen, &"removed").await?;
    rows::parts::delete_question(&draft, command.which).await?;
    rows::steps::record_edit(&draft, "remove question").await?;
    tx.commit().await?;
    Ok(())
}

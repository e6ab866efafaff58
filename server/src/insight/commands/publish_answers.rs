//! Publishing the answers to every theme.

use domain::consultation::policy::Permission;
use domain::edit::AsRead;
use domain::insight::{DecideRefused, check_answers};

use super::record;
use crate::App;
use crate::consultation::commands::grant;
use crate::consultation::rows::outcome;
use crate::error::Refused;
use crate::granted::Caller;
use crate::insight::rows::theme;

/// Publishes the answers.
#[derive(Clone, Debug)]
pub struct PublishAnswers {
    /// The consultation's address name.
    pub on: String,
    /// The themes as this person read them.
    pub read: AsRead,
}

/// Publishes them, once every theme has its whole answer. Published answers stay as they are.
///
/// # Errors
/// What the principle of consideration asks for and is missing; themes that changed since they were read; whoever may not answer, and anybody
/// after the decision.
pub async fn publish_answers(
    app: &App,
    caller: &Caller,
    command: PublishAnswers,
) -> Result<(), Refused<DecideRefused>> {
    let tx = app.db.begin().await?;
    let on = grant(&tx, caller, &command.on, Permission::Answer).await?;
    if on.root().milestones.answered.is_some() {
        return Ok(());
    }
    let themes = theme::of(&tx, on.root().id).await?;
    check_answers(&themes, &command.read).map_err(Refused::Because)?;
    outcome::publish_answers(&on).await?;
    record(&on, "publish-answers", "").await?;
    tx.commit().await?;
    Ok(())
}

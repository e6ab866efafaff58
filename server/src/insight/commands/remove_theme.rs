//! Removing a theme whose answer is not published yet.

use domain::edit::Version;
use domain::ids::ThemeId;
use domain::insight::policy::may_remove_theme;

use super::record;
use crate::App;
use crate::consultation::commands::grant_if;
use crate::error::Denied;
use crate::granted::Caller;
use crate::insight::rows::theme;
use crate::record::revision::{self, Moved};

/// Removes a theme with its words.
#[derive(Clone, Debug)]
pub struct RemoveTheme {
    /// The consultation's address name.
    pub on: String,
    /// Which theme.
    pub theme: ThemeId,
    /// The version that the person saw.
    pub seen: Version,
}

/// Removes it. What is not there any more needs no removing.
///
/// # Errors
/// That a colleague changed it since; whoever may not answer, and anybody once the answers are
/// published.
pub async fn remove_theme(app: &App, caller: &Caller, command: RemoveTheme) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let on = grant_if(&tx, caller, &command.on, may_remove_theme).await?;
    let Some(found) = theme::theme(&on, command.theme).await? else {
        return Ok(());
    };
    let subject = theme::subject(command.theme);
    if revision::advance(&on, &subject, command.seen, &"removed").await? == Moved::Already {
        return Ok(());
    }
    theme::delete(&on, command.theme).await?;
    record(&on, "remove-theme", &found.title).await?;
    tx.commit().await?;
    Ok(())
}

//! Changing what a theme says.

use domain::consultation::policy::Permission;
use domain::edit::Version;
use domain::ids::ThemeId;
use domain::insight::{Theme, check_saved};

use super::{SaveThemeRefused, record};
use crate::App;
use crate::consultation::commands::grant;
use crate::error::{Denied, Refused};
use crate::granted::Caller;
use crate::insight::rows::theme;
use crate::record::revision::{self, Moved};

/// Replaces what a theme says.
#[derive(Clone, Debug)]
pub struct ChangeTheme {
    /// The consultation's address name.
    pub on: String,
    /// Which theme.
    pub theme: ThemeId,
    /// What it is to say.
    pub says: Theme,
    /// The version that the person saw.
    pub seen: Version,
}

/// Changes it. Until the answers are published it may be unfinished; afterwards it stays whole.
///
/// # Errors
/// What is missing of it; that a colleague changed or removed it since; whoever may not answer, and
/// anybody after the decision.
pub async fn change_theme(
    app: &App,
    caller: &Caller,
    command: ChangeTheme,
) -> Result<(), Refused<SaveThemeRefused>> {
    let tx = app.db.begin().await?;
    let on = grant(&tx, caller, &command.on, Permission::Answer).await?;
    let published = on.root().milestones.answered.is_some();
    check_saved(&command.says, published)
        .map_err(|missing| Refused::Because(SaveThemeRefused::Missing(missing)))?;
    let subject = theme::subject(command.theme);
    if theme::theme(&on, command.theme).await?.is_none() {
        // Nothing is removed without a new version.
        return Err(match revision::changed_at(&tx, &subject).await? {
            Some(_) => Refused::Because(SaveThemeRefused::Removed),
            None => Denied::NotFound.into(),
        });
    }
    if revision::advance(&on, &subject, command.seen, &command.says).await? == Moved::Already {
        return Ok(());
    }
    theme::update(&on, command.theme, &command.says).await?;
    record(&on, "change-theme", &command.says.title).await?;
    tx.commit().await?;
    Ok(())
}

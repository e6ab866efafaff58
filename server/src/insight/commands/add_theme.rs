//! Adding a theme: one matter that people raised.

use domain::consultation::policy::Permission;
use domain::edit::CreationKey;
use domain::insight::{Theme, check_saved};

use super::{SaveThemeRefused, record};
use crate::App;
use crate::consultation::commands::grant;
use crate::error::Refused;
use crate::granted::Caller;
use crate::insight::rows::theme;
use crate::record::creation;

/// Adds a theme after the others.
#[derive(Clone, Debug)]
pub struct AddTheme {
    /// The consultation's address name.
    pub on: String,
    /// What the theme says so far.
    pub theme: Theme,
    /// The key of its form.
    pub key: CreationKey,
}

/// Adds it. Until the answers are published it may be unfinished; a title it needs.
///
/// # Errors
/// What is missing of it; whoever may not answer, and anybody after the decision.
pub async fn add_theme(
    app: &App,
    caller: &Caller,
    command: AddTheme,
) -> Result<(), Refused<SaveThemeRefused>> {
    let tx = app.db.begin().await?;
    let on = grant(&tx, caller, &command.on, Permission::Answer).await?;
    let key = creation::key_with(&command.key, &command.theme);
    if creation::made(&on, &key).await?.is_some() {
        return Ok(());
    }
    let published = on.root().milestones.answered.is_some();
    check_saved(&command.theme, published)
        .map_err(|missing| Refused::Because(SaveThemeRefused::Missing(missing)))?;
    let id = theme::insert(&on, &command.theme).await?;
    creation::keep(&on, &key, id).await?;
    record(&on, "add-theme", &command.theme.title).await?;
    tx.commit().await?;
    Ok(())
}

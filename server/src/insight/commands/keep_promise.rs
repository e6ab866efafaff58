//! Saying that a promise is kept.

use domain::ids::ThemeId;
use domain::insight::policy::may_keep_promise;

use crate::App;
use crate::consultation::commands::grant_if;
use crate::error::Denied;
use crate::granted::Caller;
use crate::insight::rows::theme;
use crate::record::{audit, site};

/// Marks a promise as kept.
#[derive(Clone, Debug)]
pub struct KeepPromise {
    /// The consultation's address name.
    pub on: String,
    /// The theme whose promise it is.
    pub theme: ThemeId,
}

/// Marks it. What is kept already stays kept since then.
///
/// # Errors
/// Anybody but the officers of its teams, and before the answers are published; not found where the
/// theme promises nothing.
pub async fn keep_promise(app: &App, caller: &Caller, command: KeepPromise) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let on = grant_if(&tx, caller, &command.on, may_keep_promise).await?;
    let promised = theme::theme(&on, command.theme)
        .await?
        .is_some_and(|theme| !theme.promise.is_empty());
    if !promised {
        return Err(Denied::NotFound);
    }
    if theme::keep_promise(&on, command.theme).await? {
        let subject = format!("{}/{}", on.root().slug, command.theme);
        audit::append(&on, "keep-promise", &subject, "").await?;
        site::changed(&on).await?;
        tx.commit().await?;
    }
    Ok(())
}

//! Changing what a draft is about.

use domain::consultation::draft::{About, DraftRefused, Section};
use domain::consultation::policy::Permission;
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;
use crate::record::revision::{self, Moved};

/// Changes what a draft is about.
#[derive(Clone, Debug)]
pub struct ChangeAbout {
    /// The draft's name in addresses.
    pub on: String,
    /// What it is to say.
    pub about: About,
    /// The version that the person saw.
    pub seen: Version,
}

/// Changes what a draft is about.
///
/// # Errors
/// No title; a colleague who was there first.
pub async fn change_about(
    app: &App,
    caller: &Caller,
    command: ChangeAbout,
) -> Result<(), Refused<DraftRefused>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let about = command.about.checked().map_err(Refused::Because)?;
    let subject = Section::About.subject(draft.root().id);
    if revision::advance(&draft, &subject, command.seen, &about).await? == Moved::Already {
        return Ok(());
    }
    rows::draft::set_about(&draft, about).await?;
    rows::steps::record_edit(&draft, "about").await?;
    tx.commit().await?;
    Ok(())
}

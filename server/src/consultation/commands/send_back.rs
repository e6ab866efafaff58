//! Sending a consultation back to its authors.

use domain::consultation::policy::Permission;
use domain::consultation::{Consultation, Stage};
use domain::typed;

use crate::App;
use crate::consultation::commands::grant::{Turn, other_stage, turn};
use crate::consultation::rows;
use crate::db::Tx;
use crate::error::{Denied, Fault};
use crate::granted::Caller;

/// Sends a consultation in review back to be changed.
#[derive(Clone, Debug)]
pub struct SendBack {
    /// Its name in addresses.
    pub on: String,
    /// What has to change; its authors read it.
    pub note: String,
}

/// Sends it back with a note for its authors; nothing of an approval is left. A second click with the
/// same note is no refusal.
pub async fn send_back(app: &App, caller: &Caller, command: SendBack) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let note = typed::trimmed(&command.note);
    let draft = match turn(&tx, caller, &command.on, Permission::Approve).await? {
        Turn::Now(granted) => granted,
        Turn::Other(on) if is_back(&tx, &on, caller, note).await? => return Ok(()),
        Turn::Other(_) => return Err(other_stage()),
    };
    rows::steps::send_back(&draft, note).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether it was sent back with these very words.
async fn is_back(tx: &Tx, on: &Consultation, caller: &Caller, note: &str) -> Result<bool, Fault> {
    let said = rows::sent_back(tx, &on.slug).await?.unwrap_or_default();
    Ok(on.stage(caller.now) == Stage::Draft && said == note)
}

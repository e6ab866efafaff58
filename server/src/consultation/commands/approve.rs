//! Approving what somebody else wrote.

use domain::consultation::policy::Permission;
use domain::consultation::{Consultation, check_publication};
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::gates::{GatesRefused, behind_the_lock, gates};
use crate::consultation::commands::grant::{Turn, other_stage, turn};
use crate::consultation::rows;
use crate::error::{Denied, Refused};
use crate::granted::Caller;

/// Approves a consultation that is in review.
#[derive(Clone, Debug)]
pub struct Approve {
    /// Its name in addresses.
    pub on: String,
    /// The text that this person has read: `Milestones::submission` of the page they saw.
    pub seen: Version,
}

/// Approves what somebody else wrote. A second click is no refusal.
///
/// # Errors
/// What the gates miss; that it was sent for review again since this person read it.
pub async fn approve(
    app: &App,
    caller: &Caller,
    command: Approve,
) -> Result<(), Refused<GatesRefused>> {
    let tx = app.db.begin().await?;
    let draft = match turn(&tx, caller, &command.on, Permission::Approve).await? {
        Turn::Now(granted) => granted,
        Turn::Other(on) if is_approved(&on, command.seen) => return Ok(()),
        Turn::Other(_) => return Err(other_stage().into()),
    };
    if draft.root().milestones.submission() != command.seen {
        return Err(Denied::Changed(rows::steps::sent_again(&draft).await?).into());
    }
    let view = behind_the_lock(&draft).await?;
    check_publication(&view.publication(), draft.now()).map_err(gates)?;
    rows::steps::approve(&draft).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether it is this very text that is approved already.
fn is_approved(on: &Consultation, seen: Version) -> bool {
    on.milestones.approved.is_some() && on.milestones.submission() == seen
}

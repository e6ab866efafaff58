//! Approving what somebody else wrote.

use domain::consultation::check_publication;
use domain::consultation::policy::Permission;

use crate::App;
use crate::consultation::commands::gates::{GatesRefused, behind_the_lock, gates};
use crate::consultation::commands::grant::{Turn, other_stage, turn};
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;

/// Approves a consultation that is in review.
#[derive(Clone, Debug)]
pub struct Approve {
    /// Its name in addresses.
    pub on: String,
}

/// Approves what somebody else wrote. A second click is no refusal.
///
/// # Errors
/// What the gates miss.
pub async fn approve(
    app: &App,
    caller: &Caller,
    command: Approve,
) -> Result<(), Refused<GatesRefused>> {
    let tx = app.db.begin().await?;
    let draft = match turn(&tx, caller, &command.on, Permission::Approve).await? {
        Turn::Now(granted) => granted,
        Turn::Other(on) if on.milestones.approved.is_some() => return Ok(()),
        Turn::Other(_) => return Err(other_stage().into()),
    };
    let view = behind_the_lock(&draft).await?;
    check_publication(&view.publication(), draft.now()).map_err(gates)?;
    rows::steps::approve(&draft).await?;
    tx.commit().await?;
    Ok(())
}

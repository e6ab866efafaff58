//! Sending a draft for review.

use domain::consultation::policy::Permission;
use domain::consultation::{Stage, check_publication};
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::gates::{GatesRefused, behind_the_lock, gates};
use crate::consultation::commands::grant::{Turn, other_stage, turn};
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;

/// Sends a draft for somebody else's approval.
#[derive(Clone, Debug)]
pub struct SubmitForReview {
    /// The draft's name in addresses.
    pub on: String,
}

/// Sends a draft for review, and says which text it is that waits. A second click is no refusal.
///
/// # Errors
/// What the gates miss.
pub async fn submit_for_review(
    app: &App,
    caller: &Caller,
    command: SubmitForReview,
) -> Result<Version, Refused<GatesRefused>> {
    let tx = app.db.begin().await?;
    let draft = match turn(&tx, caller, &command.on, Permission::SubmitForReview).await? {
        Turn::Now(granted) => granted,
        Turn::Other(on) if on.stage(caller.now) == Stage::InReview => {
            return Ok(on.milestones.submission());
        }
        Turn::Other(_) => return Err(other_stage().into()),
    };
    let view = behind_the_lock(&draft).await?;
    check_publication(&view.publication(), draft.now()).map_err(gates)?;
    let submission = rows::steps::submit(&draft).await?;
    tx.commit().await?;
    Ok(submission)
}

//! Publishing what is approved.

use domain::consultation::check_published_now;
use domain::consultation::policy::Permission;

use crate::App;
use crate::consultation::commands::gates::{GatesRefused, behind_the_lock, gates};
use crate::consultation::commands::grant::{Turn, other_stage, turn};
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;

/// Publishes an approved consultation.
#[derive(Clone, Debug)]
pub struct Publish {
    /// Its name in addresses.
    pub on: String,
}

/// Publishes what is approved: from now on it opens and closes by the clock. What was approved for a
/// day that has passed opens now. A second click is no refusal.
///
/// # Errors
/// What the gates miss.
pub async fn publish(
    app: &App,
    caller: &Caller,
    command: Publish,
) -> Result<(), Refused<GatesRefused>> {
    let tx = app.db.begin().await?;
    let draft = match turn(&tx, caller, &command.on, Permission::Publish).await? {
        Turn::Now(granted) => granted,
        Turn::Other(on) if on.stage(caller.now).is_public() => return Ok(()),
        Turn::Other(_) => return Err(other_stage().into()),
    };
    let view = behind_the_lock(&draft).await?;
    let opens = check_published_now(&view.publication(), draft.now()).map_err(gates)?;
    rows::steps::publish(&draft, opens).await?;
    tx.commit().await?;
    Ok(())
}

//! Withdrawing a consultation before it opens.

use domain::consultation::Stage;
use domain::consultation::policy::Permission;

use crate::App;
use crate::consultation::commands::grant::{Turn, other_stage, turn};
use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::Caller;

/// Withdraws a consultation.
#[derive(Clone, Debug)]
pub struct Withdraw {
    /// Its name in addresses.
    pub on: String,
}

/// Takes it back before it opens. A second click is no refusal.
pub async fn withdraw(app: &App, caller: &Caller, command: Withdraw) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let on = match turn(&tx, caller, &command.on, Permission::Withdraw).await? {
        Turn::Now(granted) => granted,
        Turn::Other(on) if on.stage(caller.now) == Stage::Withdrawn => return Ok(()),
        Turn::Other(_) => return Err(other_stage()),
    };
    rows::steps::withdraw(&on).await?;
    tx.commit().await?;
    Ok(())
}

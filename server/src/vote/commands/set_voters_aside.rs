//! A moderator sets voters aside again whom one of them has let back.

use domain::consultation::policy::Permission;
use domain::vote::stuffing::Flag;

use crate::App;
use crate::consultation::commands::grant;
use crate::error::Denied;
use crate::granted::Caller;
use crate::record::audit;
use crate::vote::rows::{opinion, set_aside};

/// The kind of its entry in the record, whoever sets them aside.
pub(super) const SET_ASIDE: &str = "set-votes-aside";

/// Sets everybody with this flag aside.
#[derive(Clone, Debug)]
pub struct SetVotersAside {
    /// The consultation's address name.
    pub on: String,
    /// Whom.
    pub flag: Flag,
}

/// Leaves the votes of these voters out of what people think.
///
/// # Errors
/// Not found, or not permitted.
pub async fn set_voters_aside(
    app: &App,
    caller: &Caller,
    command: SetVotersAside,
) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let granted = grant(&tx, caller, &command.on, Permission::Moderate).await?;
    let changed = set_aside::mark_all(&granted, command.flag, true).await?;
    if changed > 0 {
        opinion::changed(&granted).await?;
        let subject = format!("consultation/{}", granted.root().id);
        let detail = format!("{} {changed}", command.flag.code());
        audit::append(&granted, SET_ASIDE, &subject, &detail).await?;
    }
    tx.commit().await?;
    Ok(())
}

//! A moderator lets voters back who were set aside.

use domain::consultation::policy::Permission;
use domain::vote::stuffing::Flag;

use crate::App;
use crate::consultation::commands::grant;
use crate::error::Denied;
use crate::granted::Caller;
use crate::record::audit;
use crate::vote::rows::{opinion, set_aside};

/// Lets everybody with this flag back.
#[derive(Clone, Debug)]
pub struct LetVotersBack {
    /// The consultation's address name.
    pub on: String,
    /// Whom.
    pub flag: Flag,
}

/// Counts the votes of these voters among what people think. The program does not set them aside
/// again.
///
/// # Errors
/// Not found, or not permitted.
pub async fn let_voters_back(
    app: &App,
    caller: &Caller,
    command: LetVotersBack,
) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let granted = grant(&tx, caller, &command.on, Permission::Moderate).await?;
    let changed = set_aside::mark_all(&granted, command.flag, false).await?;
    if changed > 0 {
        opinion::changed(&granted).await?;
        let subject = format!("consultation/{}", granted.root().id);
        let detail = format!("{} {changed}", command.flag.code());
        audit::append(&granted, "let-votes-back", &subject, &detail).await?;
    }
    tx.commit().await?;
    Ok(())
}

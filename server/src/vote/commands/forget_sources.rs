//! The program forgets where votes came from, once it has served.

use domain::calendar::day_number;
use domain::retention::VOTE_SOURCE_DAYS;

use crate::App;
use crate::error::Denied;
use crate::granted::Caller;
use crate::vote::rows::set_aside;

/// Forgets what is older than [`VOTE_SOURCE_DAYS`] days.
#[derive(Clone, Copy, Debug)]
pub struct ForgetSources;

/// Forgets it. The votes stay.
///
/// # Errors
/// Nothing was forgotten; it is tried again.
pub async fn forget_sources(
    app: &App,
    caller: &Caller,
    ForgetSources: ForgetSources,
) -> Result<(), Denied> {
    let before = i64::from(day_number(caller.now)) - VOTE_SOURCE_DAYS;
    set_aside::forget_sources(app.db.writing(), before).await?;
    Ok(())
}

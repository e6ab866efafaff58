//! *You said, we did* of an area.

use domain::account::NotPermitted;
use domain::edit::CreationKey;
use domain::neighbourhood::policy::may_say_what_was_done;
use domain::neighbourhood::{Saying, SayingRefused, check_saying};

use crate::App;
use crate::council::rows::care;
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::neighbourhood::rows::saying;
use crate::record::{audit, creation, site};

/// Publishes what people said about an area and what was done.
#[derive(Clone, Debug)]
pub struct SayWhatWasDone {
    /// The area's code.
    pub area: String,
    /// The words.
    pub saying: Saying,
    /// The key of the form: sent twice, it is published once.
    pub key: CreationKey,
}

/// Publishes it.
///
/// # Errors
/// What is missing, in the order of the form.
pub async fn say_what_was_done(
    app: &App,
    caller: &Caller,
    command: SayWhatWasDone,
) -> Result<(), Refused<Vec<SayingRefused>>> {
    caller.actor.signed_in()?;
    let tx = app.db.begin().await?;
    // An area that does not exist is looked after by no team.
    let locked = care::lock(&tx, &command.area).await?;
    let locked = locked.ok_or(NotPermitted::Forbidden)?;
    let mut team = None;
    let granted = Granted::ask(&tx, caller, locked, |actor, area| {
        team = Some(may_say_what_was_done(actor, &area.teams)?);
        Ok::<(), NotPermitted>(())
    })
    .await?;
    let team = team.ok_or(Denied::NotFound)?;
    let key = creation::key_with(&command.key, &command.saying);
    if creation::made(&granted, &key).await?.is_some() {
        return Ok(());
    }
    let checked = check_saying(&command.saying).map_err(Refused::Because)?;
    let made = saying::insert(&granted, team, &checked).await?;
    creation::keep(&granted, &key, made).await?;
    let subject = format!("area/{}", granted.root().area.id);
    audit::append(&granted, "say-what-was-done", &subject, &checked.done).await?;
    site::changed(&granted).await?;
    tx.commit().await?;
    Ok(())
}

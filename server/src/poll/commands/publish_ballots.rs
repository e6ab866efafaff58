//! Publishing the ballots after the close: the list, its hash, and the entry in the record.
//!
//! Invariant: a poll is published once; after it no ballot of the poll changes.

use domain::digest::hash;
use domain::poll::policy::may_publish;
use domain::poll::{BallotList, PollAddress};

use super::grant;
use super::look_for_stuffed_ballots::set_stuffed_aside;
use crate::App;
use crate::consultation::rows::steps::record;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::rows::shuffle::shuffle;
use crate::poll::rows::{ballots, counts, polls};
use crate::record::site;

/// Publishes the ballots of a poll.
#[derive(Clone, Debug)]
pub struct PublishBallots {
    /// Which poll.
    pub poll: PollAddress,
}

/// Publishes the ballots of a poll. A second time it changes nothing.
///
/// # Errors
/// Not found, or why it is not permitted: nobody may before the close.
pub async fn publish_ballots(
    app: &App,
    caller: &Caller,
    command: PublishBallots,
) -> Result<(), Denied> {
    let at = command.poll;
    let tx = app.db.begin().await?;
    let granted = grant(&tx, caller, &at.slug, may_publish).await?;
    // Whoever casts holds the poll's row shared: from here on nobody does.
    let poll = polls::hold(&granted, at.number)
        .await?
        .ok_or(Denied::NotFound)?;
    if counts::published(&tx, poll.id).await?.is_some() {
        return Ok(());
    }
    ballots::forget_sources(&granted, poll.id).await?;
    shuffle(&granted, poll.id).await?;
    set_stuffed_aside(app, &granted, &poll).await?;
    let address = app::paths::poll(&at.slug, poll.number);
    let listed = ballots::listed(&tx, poll.id).await?;
    let aside = listed.iter().filter(|ballot| ballot.set_aside).count();
    let list = BallotList::new(&address, &poll, listed);
    let count = list.ballots.len();
    let list = serde_json::to_string(&list)?;
    let list_hash = hash(&list);
    let what = format!(
        "poll {}, ballots {count}, set aside {aside}, sha256 {list_hash}",
        poll.number
    );
    counts::insert(&granted, poll.id, list, list_hash).await?;
    record(&granted, "publish-ballots", &what).await?;
    site::changed(&granted).await?;
    tx.commit().await?;
    // Where ballots came from was kept in mind to find stuffing; it has served.
    app.signs.forget(poll.id);
    Ok(())
}

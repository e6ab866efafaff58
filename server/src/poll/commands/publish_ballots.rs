//! Publishing the ballots after the close: the list, its hash, and the entry in the record.
//!
//! Invariant: a poll is published once; after it no ballot of the poll changes.

use domain::digest::hash;
use domain::poll::policy::may_publish;
use domain::poll::{BallotList, PollAddress};

use super::grant;
use super::look_for_stuffed_ballots::{Seen, look, mark};
use super::shuffle_rows::shuffle_by_parts;
use crate::App;
use crate::consultation::rows::by_slug;
use crate::consultation::rows::steps::record;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::rows::shuffle::shuffle_whole;
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
    let seen = prepare(app, caller, &at).await?;
    let tx = app.db.begin().await?;
    let granted = grant(&tx, caller, &at.slug, may_publish).await?;
    // Whoever casts holds the poll's row shared: from here on nobody does.
    let poll = polls::hold(&granted, at.number)
        .await?
        .ok_or(Denied::NotFound)?;
    if counts::is_published(&tx, poll.id).await? {
        return Ok(());
    }
    if !app.db.is_sqlite() {
        shuffle_whole(&granted, poll.id).await?;
    }
    if let Some(seen) = seen.filter(|seen| seen.poll == poll.id) {
        mark(&granted, &seen).await?;
    }
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

/// What takes long, before anybody waits for it: on SQLite the rows are shuffled, where they have not
/// been since the last ballot, and on both the ballots are looked at. From the close on no more are cast.
async fn prepare(app: &App, caller: &Caller, at: &PollAddress) -> Result<Option<Seen>, Denied> {
    let db = app.db.read();
    let Some(on) = by_slug(db, &at.slug).await? else {
        return Ok(None);
    };
    let Some(poll) = polls::find(db, on.id, at.number).await? else {
        return Ok(None);
    };
    // Before anything is done for somebody; asked again behind the lock.
    may_publish(&caller.actor, &on, caller.now)?;
    if counts::is_published(db, poll.id).await? {
        return Ok(None);
    }
    if app.db.is_sqlite() && app.pending_shuffles.has(poll.id) {
        shuffle_by_parts(app, caller, poll.id).await?;
    }
    Ok(Some(look(app, &poll).await?))
}

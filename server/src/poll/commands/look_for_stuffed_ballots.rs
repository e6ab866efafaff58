//! The program looks for ballots that look as if a program had cast them, and sets them aside.
//!
//! Invariant: what it goes by is in memory (`poll::signs`); what it writes is which ballots are set
//! aside, and how many, on the record. After the close it looks once more and forgets the rest.

use domain::consultation::Consultation;
use domain::poll::{Poll, PollAddress, stuffing};

use crate::App;
use crate::consultation::rows as consultations;
use crate::consultation::rows::steps::record;
use crate::error::{Denied, Fault};
use crate::granted::{Caller, Granted};
use crate::poll::rows::{ballots, counts, polls};

/// Looks at the ballots of a poll.
#[derive(Clone, Debug)]
pub struct LookForStuffedBallots {
    /// Which poll.
    pub poll: PollAddress,
}

/// Sets aside whatever is to be, while the list is not published.
///
/// # Errors
/// Not found where there is no such poll.
pub async fn look_for_stuffed_ballots(
    app: &App,
    caller: &Caller,
    command: LookForStuffedBallots,
) -> Result<(), Denied> {
    let at = command.poll;
    let tx = app.db.begin().await?;
    let locked = consultations::lock_by_slug(&tx, &at.slug)
        .await?
        .ok_or(Denied::NotFound)?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let poll = polls::hold(&granted, at.number)
        .await?
        .ok_or(Denied::NotFound)?;
    if counts::published(&tx, poll.id).await?.is_some() {
        app.signs.forget(poll.id);
        return Ok(());
    }
    let new = set_stuffed_aside(app, &granted, &poll).await?;
    if new > 0 {
        let what = format!("poll {}, ballots {new}", poll.number);
        record(&granted, "set-ballots-aside", &what).await?;
    }
    let closes = granted.root().milestones.closes;
    tx.commit().await?;
    if closes.is_some_and(|closes| closes <= caller.now) {
        app.signs.forget(poll.id);
    }
    Ok(())
}

/// Marks the ballots that look stuffed, and says how many of them were not marked before.
pub(super) async fn set_stuffed_aside(
    app: &App,
    granted: &Granted<'_, Consultation>,
    poll: &Poll,
) -> Result<usize, Fault> {
    let cast = ballots::all_cast(granted.tx(), poll.id).await?;
    let codes = cast.iter().map(|ballot| ballot.code_hash.as_str());
    let seen: Vec<_> = app
        .signs
        .of(poll.id, codes)
        .into_iter()
        .zip(cast.iter().map(|ballot| ballot.choices.as_str()))
        .collect();
    let stuffed: Vec<&str> = stuffing::set_aside(poll, &seen)
        .iter()
        .filter_map(|place| cast.get(*place))
        .filter(|ballot| !ballot.set_aside)
        .map(|ballot| ballot.code_hash.as_str())
        .collect();
    ballots::set_aside(granted, poll.id, &stuffed).await?;
    Ok(stuffed.len())
}

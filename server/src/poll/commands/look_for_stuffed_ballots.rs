//! The program looks for ballots that look as if a program had cast them, and sets them aside.
//!
//! Invariant: what it goes by is in memory (`poll::signs`); what it writes is which ballots are set
//! aside, and how many, on the record. Each time that is said again of every ballot whose origin is in
//! mind, so what looked like a crowd by itself is let back once it is one of many; a ballot that another
//! process took, or this one before it started, stays as it was marked. What is looked at is read and
//! worked out before the transaction, since it may be much: whoever votes waits for none of it. After
//! the close it looks once more and forgets the rest.

use domain::consultation::Consultation;
use domain::ids::PollId;
use domain::poll::stuffing::{self, Origin};
use domain::poll::{Poll, PollAddress};

use crate::App;
use crate::consultation::rows as consultations;
use crate::consultation::rows::steps::record;
use crate::error::{Denied, Fault};
use crate::granted::{Caller, Granted};
use crate::poll::rows::ballots::{self, CastBallot};
use crate::poll::rows::{counts, polls};

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
    let (db, at) = (app.db.read(), command.poll);
    let on = consultations::by_slug(db, &at.slug)
        .await?
        .ok_or(Denied::NotFound)?;
    let poll = polls::find(db, on.id, at.number)
        .await?
        .ok_or(Denied::NotFound)?;
    let mut over = counts::is_published(db, poll.id).await?;
    if !over {
        let seen = look(app, &poll).await?;
        over = on.milestones.closes.is_some_and(|at| at <= caller.now);
        if !seen.is_empty() {
            over |= write(app, caller, &at, &seen).await?;
        }
    }
    if over {
        app.signs.forget(poll.id);
    }
    Ok(())
}

/// Writes what was seen, and says whether the list has been published meanwhile: then nothing is
/// written.
async fn write(app: &App, caller: &Caller, at: &PollAddress, seen: &Seen) -> Result<bool, Denied> {
    let tx = app.db.begin().await?;
    let locked = consultations::lock_by_slug(&tx, &at.slug)
        .await?
        .ok_or(Denied::NotFound)?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let poll = polls::hold(&granted, at.number)
        .await?
        .filter(|poll| poll.id == seen.poll)
        .ok_or(Denied::NotFound)?;
    if counts::is_published(&tx, poll.id).await? {
        return Ok(true);
    }
    let (aside, back) = mark(&granted, seen).await?;
    for (kind, ballots) in [("set-ballots-aside", aside), ("let-ballots-back", back)] {
        if ballots > 0 {
            let what = format!("poll {}, ballots {ballots}", poll.number);
            record(&granted, kind, &what).await?;
        }
    }
    tx.commit().await?;
    Ok(false)
}

/// What was seen in the ballots of a poll: which marks are to be others than they were.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The poll.
    pub poll: PollId,
    aside: Vec<String>,
    back: Vec<String>,
}

impl Seen {
    fn is_empty(&self) -> bool {
        self.aside.is_empty() && self.back.is_empty()
    }
}

/// Looks at the ballots of a poll as they are, outside any transaction.
///
/// # Errors
/// They can't be read.
pub(super) async fn look(app: &App, poll: &Poll) -> Result<Seen, Fault> {
    let cast = ballots::all_cast(app.db.read(), poll.id).await?;
    let codes = cast.iter().map(|ballot| ballot.code_hash.as_str());
    let origins = app.signs.of(poll.id, codes);
    let poll = poll.clone();
    tokio::task::spawn_blocking(move || seen(&poll, origins, cast))
        .await
        .map_err(Fault::unexpected)
}

fn seen(poll: &Poll, origins: Vec<Option<Origin>>, cast: Vec<CastBallot>) -> Seen {
    let looked_at: Vec<_> = origins
        .into_iter()
        .zip(cast.iter().map(|ballot| ballot.choices.as_str()))
        .collect();
    let stuffed = stuffing::set_aside(poll, &looked_at);
    let known: Vec<bool> = looked_at.iter().map(|(from, _)| from.is_some()).collect();
    let (mut aside, mut back) = (Vec::new(), Vec::new());
    for ((place, ballot), known) in cast.into_iter().enumerate().zip(known) {
        match (stuffed.contains(&place), ballot.set_aside) {
            (true, false) => aside.push(ballot.code_hash),
            (false, true) if known => back.push(ballot.code_hash),
            _ => {}
        }
    }
    Seen {
        poll: poll.id,
        aside,
        back,
    }
}

/// Marks what was seen, and says how many ballots were set aside and how many let back.
pub(super) async fn mark(
    granted: &Granted<'_, Consultation>,
    seen: &Seen,
) -> Result<(u64, u64), Fault> {
    let aside = ballots::set_aside(granted, seen.poll, &seen.aside, true).await?;
    let back = ballots::set_aside(granted, seen.poll, &seen.back, false).await?;
    Ok((aside, back))
}

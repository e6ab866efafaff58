//! Shuffling the rows of polls in which people have voted since the last time.
//!
//! Invariant: a poll stays pending until its rows are shuffled and nothing of the old ones is left;
//! one that can't be shuffled holds up no other.

use domain::ids::PollId;

use crate::App;
use crate::db::traces;
use crate::error::Fault;
use crate::granted::{Caller, Granted};
use crate::poll::rows::shuffle::{self, Place};

/// Every poll is to be shuffled: a server that starts does not know what came before.
///
/// # Errors
/// The polls could not be read; none is pending for it.
pub async fn all_pending(app: &App) -> Result<(), Fault> {
    let polls = shuffle::polls(app.db.read()).await?;
    app.pending_shuffles.add(polls);
    Ok(())
}

/// Shuffles the rows of every poll that is pending.
#[derive(Clone, Copy, Debug)]
pub struct ShuffleRows;

/// Shuffles them and returns how many polls that was.
///
/// # Errors
/// The first poll that could not be shuffled, or what is left behind; what failed is pending again.
pub async fn shuffle_rows(
    app: &App,
    caller: &Caller,
    ShuffleRows: ShuffleRows,
) -> Result<usize, Fault> {
    let mut shuffled = Vec::new();
    let mut failed = None;
    for poll in app.pending_shuffles.take() {
        match shuffle_by_parts(app, caller, poll).await {
            Ok(()) => shuffled.push(poll),
            Err(fault) => {
                app.pending_shuffles.add([poll]);
                failed.get_or_insert(fault);
            }
        }
    }
    let count = shuffled.len();
    if count > 0
        && let Err(error) = traces::remove(&app.db, &shuffle::TABLES).await
    {
        app.pending_shuffles.add(shuffled);
        failed.get_or_insert(error.into());
    }
    match failed {
        Some(fault) => Err(fault),
        None => Ok(count),
    }
}

/// Shuffles the rows of a poll, as many at a time as nobody who votes has to wait for.
///
/// # Errors
/// Not all of them are shuffled.
pub(super) async fn shuffle_by_parts(
    app: &App,
    caller: &Caller,
    poll: PollId,
) -> Result<(), Fault> {
    let mut next = Some(Place::default());
    while let Some(from) = next {
        let tx = app.db.begin().await?;
        // A poll that is gone has no rows.
        let Some(locked) = shuffle::lock(&tx, poll).await? else {
            break;
        };
        let granted = Granted::to_the_program(&tx, caller.now, locked).await;
        next = shuffle::shuffle(&granted, poll, from).await?;
        tx.commit().await?;
    }
    Ok(())
}

//! Shuffling the rows of votes and statements since the last time.
//!
//! Invariant: a consultation stays pending until its rows are shuffled and nothing of the old ones is
//! left; one that can't be shuffled holds up no other. Where there are very many votes it is done once
//! a day: the whole of them is written anew.

use domain::calendar::day_number;
use domain::ids::ConsultationId;

use crate::App;
use crate::consultation::rows as consultations;
use crate::db::traces;
use crate::error::Fault;
use crate::granted::{Caller, Granted};
use crate::vote::queries::matrix;
use crate::vote::rows::{opinion, shuffle};

/// With more votes than this it is done once a day; on SQLite, where the keys are random, not at all.
const MOST: i64 = 20_000;
/// The same where one writer is held meanwhile, which takes 50 ms.
const MOST_ON_SQLITE: i64 = 5_000;

/// Every consultation is to be shuffled: a server that starts does not know what came before.
///
/// # Errors
/// They could not be read; none is pending for it.
pub async fn all_voted(app: &App) -> Result<(), Fault> {
    for (on, _) in opinion::versions(app.db.read()).await? {
        app.voted.add(on);
    }
    Ok(())
}

/// Shuffles the rows of every consultation that is pending.
#[derive(Clone, Copy, Debug)]
pub struct ShuffleVotes;

/// Shuffles them and returns how many consultations that was.
///
/// # Errors
/// The first that could not be shuffled, or what is left behind; what failed is pending again.
pub async fn shuffle_votes(
    app: &App,
    caller: &Caller,
    ShuffleVotes: ShuffleVotes,
) -> Result<usize, Fault> {
    let mut shuffled = Vec::new();
    let mut failed = None;
    for on in app.voted.take() {
        match shuffle_one(app, caller, on).await {
            Ok(true) => shuffled.push(on),
            // Very many: it waits for the night.
            Ok(false) => app.voted.add(on),
            Err(fault) => {
                app.voted.add(on);
                failed.get_or_insert(fault);
            }
        }
    }
    let count = shuffled.len();
    if count > 0
        && let Err(error) = traces::remove(&app.db, &shuffle::TABLES).await
    {
        shuffled.into_iter().for_each(|on| app.voted.add(on));
        failed.get_or_insert(error.into());
    }
    match failed {
        Some(fault) => Err(fault),
        None => Ok(count),
    }
}

async fn shuffle_one(app: &App, caller: &Caller, on: ConsultationId) -> Result<bool, Fault> {
    let votes = matrix::size(app.db.read(), on).await?;
    let sqlite = app.db.is_sqlite();
    if sqlite && votes > MOST_ON_SQLITE {
        return Ok(true);
    }
    if votes > MOST && !app.voted.is_new_day(on, day_number(caller.now)) {
        return Ok(false);
    }
    let tx = app.db.begin().await?;
    if let Some(locked) = consultations::lock(&tx, on).await? {
        let granted = Granted::to_the_program(&tx, caller.now, locked).await;
        if shuffle::counts_up(&granted).await? {
            // Who has another id has another place in what is downloaded.
            opinion::changed(&granted).await?;
        }
        shuffle::shuffle(&granted).await?;
    }
    tx.commit().await?;
    Ok(true)
}

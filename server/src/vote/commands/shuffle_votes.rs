//! Shuffling the rows of votes and statements since the last time.
//!
//! Invariant: a consultation stays pending until its rows are shuffled and nothing of the old ones is
//! left; one that can't be shuffled holds up no other. All the rows are written again each time: so
//! where there are very many it is done once a day, and on SQLite, where whoever votes waits for it,
//! not at all.

use domain::calendar::day_number;
use domain::ids::ConsultationId;

use crate::App;
use crate::consultation::rows as consultations;
use crate::db::traces;
use crate::error::Fault;
use crate::granted::{Caller, Granted};
use crate::vote::queries::matrix;
use crate::vote::rows::{opinion, shuffle};

/// With more votes than this it is done once a day.
const MOST: i64 = 20_000;
/// With more votes than this it is not done on SQLite: it would hold the one writer for more than
/// 50 ms. Rows lie in the order of their random keys there all the same, but for their places within a
/// page, and the log of writes is emptied.
const MOST_ON_SQLITE: i64 = 5_000;

/// What was done with a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// Its rows are shuffled.
    Shuffled,
    /// Its rows stay as they are; what the log of writes says of them is to go.
    Left,
    /// Very many: it waits for the night.
    Waits,
}

/// Every consultation is to be shuffled: a server that starts does not know what came before.
///
/// # Errors
/// They could not be read; none is pending for it.
pub async fn all_voted(app: &App) -> Result<(), Fault> {
    for on in shuffle::consultations(app.db.read()).await? {
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
    let (mut count, mut written) = (0, Vec::new());
    let mut failed = None;
    for on in app.voted.take() {
        match shuffle_one(app, caller, on).await {
            Ok(Done::Shuffled) => {
                count += 1;
                written.push(on);
            }
            Ok(Done::Left) => written.push(on),
            Ok(Done::Waits) => app.voted.add(on),
            Err(fault) => {
                app.voted.add(on);
                failed.get_or_insert(fault);
            }
        }
    }
    if !written.is_empty()
        && let Err(error) = traces::remove(&app.db, &shuffle::TABLES).await
    {
        written.into_iter().for_each(|on| app.voted.add(on));
        failed.get_or_insert(error.into());
    }
    match failed {
        Some(fault) => Err(fault),
        None => Ok(count),
    }
}

async fn shuffle_one(app: &App, caller: &Caller, on: ConsultationId) -> Result<Done, Fault> {
    let votes = matrix::size(app.db.read(), on).await?;
    let sqlite = app.db.is_sqlite();
    if sqlite && votes > MOST_ON_SQLITE {
        return Ok(Done::Left);
    }
    if votes > MOST && !app.voted.is_new_day(on, day_number(caller.now)) {
        return Ok(Done::Waits);
    }
    let tx = app.db.begin().await?;
    if let Some(locked) = consultations::lock(&tx, on).await? {
        let granted = Granted::to_the_program(&tx, caller.now, locked).await;
        let moves = shuffle::counts_up(&granted).await?;
        shuffle::shuffle(&granted).await?;
        if moves {
            // Who has another id has another place in what is downloaded. Whoever votes takes the lock
            // of the shuffle first and this row last, and so it is here.
            opinion::changed(&granted).await?;
        }
    }
    tx.commit().await?;
    Ok(Done::Shuffled)
}

//! Writing the kept counts again from the stored rows. For whoever holds the machine.

use crate::App;
use crate::error::Fault;
use crate::granted::{Caller, Granted};
use crate::response::rows::recount;

/// Writes the kept counts again.
#[derive(Clone, Copy, Debug)]
pub struct RecountTallies;

/// Writes every count again and returns how many there are.
///
/// # Errors
/// What is under us; the counts are then as they were.
pub async fn recount_tallies(
    app: &App,
    caller: &Caller,
    RecountTallies: RecountTallies,
) -> Result<usize, Fault> {
    let tx = app.db.begin().await?;
    let locked = recount::lock(&tx).await?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let number = recount::rewrite(&granted).await?;
    tx.commit().await?;
    Ok(number)
}

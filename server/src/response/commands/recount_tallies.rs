//! Writing the kept counts again from the stored rows. For whoever holds the machine.

use jiff::Timestamp;

use crate::db::Db;
use crate::error::Fault;
use crate::granted::Granted;
use crate::response::rows::recount;

/// Writes every count again and returns how many there are.
///
/// # Errors
/// What is under us; the counts are then as they were.
pub async fn recount_tallies(db: &Db, now: Timestamp) -> Result<usize, Fault> {
    let tx = db.begin().await?;
    let locked = recount::lock(&tx).await?;
    let granted = Granted::to_the_program(&tx, now, locked).await;
    let number = recount::rewrite(&granted).await?;
    tx.commit().await?;
    Ok(number)
}

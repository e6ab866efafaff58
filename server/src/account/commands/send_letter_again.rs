//! Has a letter sent again that did not leave.

use domain::account::policy::may_see_letters;

use crate::App;
use crate::account::rows::letters as rows;
use crate::error::Denied;
use crate::granted::{Caller, Granted};
use crate::record::{audit, letters};

/// Has a letter sent again.
#[derive(Clone, Copy, Debug)]
pub struct SendLetterAgain {
    /// Which one, by the number of its effect.
    pub letter: i64,
}

/// Has it sent again, with as many days of tries as a new one. One that has left meanwhile, or is on
/// its way at this moment, is not sent twice, and two clicks are one. Whether it is sent.
///
/// # Errors
/// The caller does not administer the council; there is no such letter any more.
pub async fn send_letter_again(
    app: &App,
    caller: &Caller,
    command: SendLetterAgain,
) -> Result<bool, Denied> {
    // Whether there is such a letter is not everybody's business.
    may_see_letters(&caller.actor)?;
    let tx = app.db.begin().await?;
    let locked = rows::lock(&tx, command.letter, caller.now).await?;
    let locked = locked.ok_or(Denied::NotFound)?;
    let letter = Granted::ask(&tx, caller, locked, |actor, _| may_see_letters(actor)).await?;
    if !letters::send_again(&letter).await? {
        return Ok(false);
    }
    let subject = format!("letter/{}", command.letter);
    audit::append(&letter, "letter.sent-again", &subject, "").await?;
    tx.commit().await?;
    Ok(true)
}

//! Letters that did not leave, for administrators of the council.
//!
//! Invariant: nobody learns here who wrote to us. The address of a resident is not shown, and neither
//! is what a letter says.

use domain::account::policy::may_see_letters;
use domain::account::read::{LetterView, LettersView};
use domain::account::{Actor, Email};
use sea_orm::{ConnectionTrait, DbErr};

use crate::account::rows::people;
use crate::error::Denied;
use crate::record::letters::{self, FailedLetter};

/// The most letters on the page.
const MOST: u64 = 100;

/// Letters that did not leave.
///
/// # Errors
/// The actor does not administer the council.
pub async fn letters(db: &impl ConnectionTrait, actor: &Actor) -> Result<LettersView, Denied> {
    may_see_letters(actor)?;
    let failed = letters::failed(db, MOST).await?;
    let addresses = failed.iter().map(|one| Email::known_as(&one.letter.to));
    let staff = people::known_addresses(db, addresses).await?;
    Ok(LettersView {
        letters: failed.into_iter().map(|one| view(one, &staff)).collect(),
        total: letters::count(db).await?,
        sent_again: false,
    })
}

/// How many letters did not leave.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    letters::count(db).await
}

fn view(one: FailedLetter, staff: &[String]) -> LetterView {
    let address = Email::known_as(&one.letter.to);
    let to = match address.split_once('@') {
        _ if staff.contains(&address) => address,
        Some((_, domain)) => format!("A resident, at {domain}"),
        None => "Nobody: it is no address".to_owned(),
    };
    LetterView {
        id: one.id,
        to,
        subject: one.letter.subject,
        written: one.written,
        tries: one.tries,
        trouble: one.trouble,
        next: one.next,
        removed: one.removed,
    }
}

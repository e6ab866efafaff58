//! Letters that did not leave, for administrators of the council.
//!
//! Invariant: nobody learns here who wrote to us. Nothing of a resident's address is shown, no more than
//! that it is a resident's, and neither is what a letter says.

use domain::account::Actor;
use domain::account::policy::may_see_letters;
use domain::account::read::{LetterTo, LetterView, LettersView};
use sea_orm::{ConnectionTrait, DbErr};

use crate::error::Denied;
use crate::record::letters::{self, FailedLetter};

const LETTERS_ON_A_PAGE: u64 = 50;

/// One page of the letters that did not leave.
///
/// # Errors
/// The actor does not administer the council.
pub async fn letters(
    db: &impl ConnectionTrait,
    actor: &Actor,
    page: u64,
) -> Result<LettersView, Denied> {
    may_see_letters(actor)?;
    let total = letters::count(db).await?;
    let pages = total.div_ceil(LETTERS_ON_A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let before = (page - 1).saturating_mul(LETTERS_ON_A_PAGE);
    let failed = letters::failed(db, before, LETTERS_ON_A_PAGE).await?;
    Ok(LettersView {
        letters: failed.into_iter().map(view).collect(),
        total,
        page,
        pages,
        again: None,
    })
}

/// How many letters did not leave.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    letters::count(db).await
}

fn view(one: FailedLetter) -> LetterView {
    let (to, subject) = match one.letter {
        Some(letter) if letter.to_staff => (LetterTo::Staff(letter.to), letter.subject),
        Some(letter) => (LetterTo::Resident, letter.subject),
        None => (LetterTo::Unknown, String::new()),
    };
    LetterView {
        id: one.id,
        to,
        subject,
        written: one.written,
        tries: one.tries,
        trouble: one.trouble,
        next: one.next,
        removed: one.removed,
    }
}

//! New letters for the electors of a register.

use domain::edit::{CreationKey, Version};
use domain::poll::read::LetterView;
use domain::poll::{PollAddress, Section};

use super::PollInHand;
use super::letters::{KEPT, code, letter, made_before, made_of, register_in_hand};
use crate::App;
use crate::consultation::rows::steps::record;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::code::letter_hash;
use crate::poll::rows::electors;
use crate::record::creation;
use crate::record::revision::advance;

/// Makes new letters for everybody on a register who has no ballot paper yet.
#[derive(Clone, Debug)]
pub struct NewLetters {
    /// Which poll.
    pub poll: PollAddress,
    /// The version that the person saw.
    pub seen: Version,
    /// The key of the form.
    pub key: CreationKey,
}

/// Makes new letters for everybody who has not been given a ballot paper; letters made before open
/// nothing any more. A second click gives the letters of the first.
///
/// # Errors
/// That a colleague has replaced the register or made its letters since.
pub async fn new_letters(
    app: &App,
    caller: &Caller,
    command: NewLetters,
) -> Result<Vec<LetterView>, Denied> {
    let made_of = made_of(&command.key)?;
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = register_in_hand(&tx, caller, &command.poll).await?;
    if creation::made(&draft, &command.key).await?.is_some() {
        return Ok(made_before(app, &tx, poll.id, &made_of).await?);
    }
    let subject = Section::Register.subject(poll.id);
    // Who, too: a colleague who sends a form of this key changes it as well.
    let says = (draft.by(), &made_of);
    advance(&draft, &subject, command.seen, &says).await?;
    let waiting = electors::waiting(&tx, poll.id).await?;
    let mut letters = Vec::with_capacity(waiting.len());
    let mut hashes = Vec::with_capacity(waiting.len());
    for one in waiting {
        let code = code(app, poll.id, &made_of, &one.key_hash);
        hashes.push((one.id, letter_hash(poll.id, &code)));
        letters.push(letter(one, code));
    }
    electors::set_letters(&draft, &hashes).await?;
    creation::keep(&draft, &command.key, poll.id).await?;
    let what = format!("poll {}, {} new letters", poll.number, letters.len());
    record(&draft, KEPT, &what).await?;
    tx.commit().await?;
    Ok(letters)
}

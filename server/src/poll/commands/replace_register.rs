//! Putting a register in the place of the one there is.

use domain::edit::{CreationKey, Version};
use domain::poll::read::LetterView;
use domain::poll::{NewElector, PollAddress, Section};

use super::PollInHand;
use super::letters::{KEPT, code, made_before, made_of, register_in_hand};
use crate::App;
use crate::consultation::rows::steps::record;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::code::letter_hash;
use crate::poll::rows::electors::{self, Lettered, elector_key};
use crate::record::creation;
use crate::record::revision::advance;

/// Puts these electors on the register of a poll, in the place of those there are.
#[derive(Clone, Debug)]
pub struct ReplaceRegister {
    /// Which poll.
    pub poll: PollAddress,
    /// The version that the person saw.
    pub seen: Version,
    /// Who may vote.
    pub electors: Vec<NewElector>,
    /// The key of the form.
    pub key: CreationKey,
}

/// Why a register is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterRefused {
    /// Somebody has been given a ballot paper.
    InUse,
}

/// Puts this register in the place of the one there is, and makes a letter for each elector. A
/// second click gives the letters of the first.
///
/// # Errors
/// That it is in use; that a colleague has replaced it or made its letters since.
pub async fn replace_register(
    app: &App,
    caller: &Caller,
    command: ReplaceRegister,
) -> Result<Vec<LetterView>, Refused<RegisterRefused>> {
    let made_of = made_of(&command.key)?;
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = register_in_hand(&tx, caller, &command.poll).await?;
    let key = creation::key_with(&command.key, &command.electors);
    if creation::made(&draft, &key).await?.is_some() {
        return Ok(made_before(app, &tx, poll.id, &made_of).await?);
    }
    let counted = electors::counts(&tx, &[poll.id]).await?;
    if counted.get(&poll.id).is_some_and(|now| now.issued > 0) {
        return Err(Refused::Because(RegisterRefused::InUse));
    }
    let subject = Section::Register.subject(poll.id);
    // Who, too: a colleague who sends a form of this key changes it as well.
    let says = (draft.by(), &made_of);
    advance(&draft, &subject, command.seen, &says).await?;
    let mut letters = Vec::with_capacity(command.electors.len());
    let mut rows = Vec::with_capacity(command.electors.len());
    for elector in command.electors {
        let code = code(app, poll.id, &made_of, &elector_key(&elector));
        letters.push(LetterView {
            name: elector.name.clone(),
            address: elector.address.clone(),
            code: code.clone(),
        });
        rows.push(Lettered {
            elector,
            token_hash: letter_hash(poll.id, &code),
        });
    }
    electors::replace(&draft, poll.id, &rows).await?;
    creation::keep(&draft, &key, poll.id).await?;
    let what = format!("poll {}, {} electors", poll.number, letters.len());
    record(&draft, KEPT, &what).await?;
    tx.commit().await?;
    Ok(letters)
}

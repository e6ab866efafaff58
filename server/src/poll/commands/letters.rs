//! The codes of letters to the electors of a register.
//!
//! Invariant: a code goes to the form that made it and to nobody else; the table keeps its hash. It
//! is a keyed digest of the form's own key, so that a second click on the form finds the letters of
//! the first, and voids none.

use domain::code::Code;
use domain::edit::CreationKey;
use domain::ids::PollId;
use domain::poll::policy::may_keep_register;
use domain::poll::read::LetterView;
use domain::poll::{Electorate, PollAddress};

use super::{PollInHand, grant};
use crate::App;
use crate::db::Tx;
use crate::error::{Denied, Fault};
use crate::granted::Caller;
use crate::poll::code::letter_hash;
use crate::poll::rows::electors::{self, Waiting};
use crate::poll::rows::polls;
use crate::secret;

/// The poll of a register, for somebody who may keep it. Nobody is given a paper meanwhile.
pub(super) async fn register_in_hand<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    at: &PollAddress,
) -> Result<PollInHand<'tx>, Denied> {
    let draft = grant(tx, caller, &at.slug, may_keep_register).await?;
    let poll = polls::hold(&draft, at.number)
        .await?
        .filter(|poll| poll.electorate == Electorate::Register)
        .ok_or(Denied::NotFound)?;
    Ok(PollInHand { draft, poll })
}

/// What the codes of one form are made of: its key, or chance where it has none.
pub(super) fn made_of(key: &CreationKey) -> Result<String, Fault> {
    Ok(match key.as_str() {
        "" => secret::token()?,
        key => key.to_owned(),
    })
}

/// The code of the letter that a form makes for an elector.
pub(super) fn code(app: &App, poll: PollId, made_of: &str, key_hash: &str) -> String {
    let text = format!("{poll}/{made_of}/{key_hash}");
    Code::of_digest(&app.config.secret.mac("poll-letter", text.as_bytes())).to_string()
}

/// A letter with this code.
pub(super) fn letter(waiting: Waiting, code: String) -> LetterView {
    LetterView {
        name: waiting.name,
        address: waiting.address,
        code,
    }
}

/// The letters that a form has made, as far as they still open a paper.
pub(super) async fn made_before(
    app: &App,
    tx: &Tx,
    poll: PollId,
    made_of: &str,
) -> Result<Vec<LetterView>, Fault> {
    Ok(electors::waiting(tx, poll)
        .await?
        .into_iter()
        .filter_map(|waiting| {
            let code = code(app, poll, made_of, &waiting.key_hash);
            let valid = waiting.token_hash.as_deref() == Some(letter_hash(poll, &code).as_str());
            valid.then(|| letter(waiting, code))
        })
        .collect())
}

/// The kind of entry under which the record keeps what was done to a register.
pub(super) const KEPT: &str = "register";

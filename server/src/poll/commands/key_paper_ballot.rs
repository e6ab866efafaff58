//! A ballot that came on paper, keyed by an officer, twice.
//!
//! Invariant: the same form sent twice with the same marks is one ballot; a letter's code is used
//! once, online or on paper; the ballot keeps nothing of the letter, and is shuffled like any other.

use domain::calendar::uk_day;
use domain::code::Code;
use domain::edit::CreationKey;
use domain::poll::list::commitment;
use domain::poll::policy::may_key_paper;
use domain::poll::{Choices, Electorate, PollAddress};

use super::grant;
use crate::App;
use crate::consultation::rows::steps::record;
use crate::error::{Denied, Refused};
use crate::granted::Caller;
use crate::poll::rows::ballots::{self, PaperBallot};
use crate::poll::rows::electors::{self, LetterState};
use crate::poll::rows::{counts, polls};
use crate::secret;

/// What was keyed from one paper.
#[derive(Clone, Debug)]
pub struct KeyedBallot {
    /// The key of the form.
    pub key: CreationKey,
    /// The code on the paper, where there is a register.
    pub code: String,
    /// The marks, within the rules of the paper.
    pub choices: Choices,
}

const FIRST: &str = "first-keying";

impl KeyedBallot {
    /// What a keying says, as its second one is compared with it.
    fn said(&self) -> String {
        let (key, text) = (self.key.as_str(), self.choices.text());
        secret::hash(format!("{key}\n{}\n{text}", self.code))
    }

    /// The first keying in a form that can't be altered and shows nothing.
    pub fn sealed(&self, app: &App) -> String {
        app.config.secret.sign(FIRST, &self.said())
    }

    /// Whether the sealed first keying said the same.
    fn is_as_first(&self, app: &App, sealed: &str) -> bool {
        app.config.secret.verify(FIRST, sealed) == Some(self.said().as_str())
    }
}

/// Counts a ballot from paper.
#[derive(Clone, Debug)]
pub struct KeyPaperBallot {
    /// Which poll.
    pub poll: PollAddress,
    /// The first keying, [`KeyedBallot::sealed`].
    pub first: String,
    /// The second keying.
    pub second: KeyedBallot,
}

/// Why a ballot on paper is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperRefused {
    /// The two keyings are not the same.
    KeyedDifferently,
    /// No letter of this poll has this code.
    CodeUnknown,
    /// A ballot paper was issued for it already.
    CodeUsed,
    /// The list has been published.
    Published,
}

/// Counts a ballot from paper that was keyed twice alike.
///
/// # Errors
/// [`PaperRefused`].
pub async fn key_paper_ballot(
    app: &App,
    caller: &Caller,
    command: KeyPaperBallot,
) -> Result<(), Refused<PaperRefused>> {
    let KeyPaperBallot {
        poll: at,
        first,
        second,
    } = command;
    let tx = app.db.begin().await?;
    let granted = grant(&tx, caller, &at.slug, may_key_paper).await?;
    let poll = polls::hold(&granted, at.number)
        .await?
        .ok_or(Denied::NotFound)?;
    let because = |why| Err(Refused::Because(why));
    if second.key.as_str().is_empty() || poll.choices(second.choices.marks()).is_err() {
        return Err(Denied::Malformed.into());
    }
    if !second.is_as_first(app, &first) {
        return because(PaperRefused::KeyedDifferently);
    }
    // The code that nobody holds: of the form and of what was keyed into it, so that a second click
    // finds the first, and another paper keyed into the same form is another ballot.
    let key = format!("{}/{}", poll.id, second.said());
    let own = Code::of_digest(&app.config.secret.mac("paper-ballot", key.as_bytes()));
    let code_hash = secret::hash(format!("paper/{}/{own}", poll.id));
    if ballots::is_there(&tx, poll.id, &code_hash).await? {
        return Ok(());
    }
    if counts::is_published(&tx, poll.id).await? {
        return because(PaperRefused::Published);
    }
    if poll.electorate == Electorate::Register {
        match electors::letter(&tx, poll.id, &second.code).await? {
            LetterState::Unknown => return because(PaperRefused::CodeUnknown),
            LetterState::Used => return because(PaperRefused::CodeUsed),
            LetterState::Unused(elector) => {
                electors::set_issued(&granted, elector, uk_day(granted.now())).await?;
            }
        }
    }
    let address = app::paths::poll(&at.slug, poll.number);
    let ballot = PaperBallot {
        code_hash,
        choices: &second.choices,
        commitment: commitment(&address, &own, &second.choices),
    };
    ballots::insert_paper(&granted, poll.id, ballot).await?;
    app.pending_shuffles.add([poll.id]);
    // That one was keyed, and by whom; never what it said or for which letter.
    let what = format!("poll {}", poll.number);
    record(&granted, "key-paper-ballot", &what).await?;
    tx.commit().await?;
    Ok(())
}

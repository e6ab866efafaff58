//! Giving out ballot papers: one write that says of an elector that a paper was issued, and puts an
//! unmarked paper beside all the others. Nothing joins the two.
//!
//! Invariant: an elector has one paper; the same form sent twice gives the same paper; a form that
//! another elector's paper came from gives none.

use domain::calendar::uk_day;
use domain::code::Code;
use domain::poll::policy::CastRefused;
use domain::poll::{Electorate, PollAddress};
use jiff::Timestamp;

use super::voting::{admit, hold};
use crate::App;
use crate::db::Savepoint;
use crate::error::{Denied, Refused};
use crate::granted::Caller;
use crate::poll::code::{self, letter_hash};
use crate::poll::link::{self, LinkRefused};
use crate::poll::rows::{ballots, voting};
use crate::secret;

/// Issues the paper of a voting code.
#[derive(Clone, Debug)]
pub struct IssuePaper {
    /// Which poll.
    pub poll: PollAddress,
    /// What shows that somebody may have it.
    pub proof: Proof,
    /// The voting code that the form was given.
    pub code: Code,
}

/// What shows that somebody may have a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The code of a letter.
    Letter(String),
    /// The token of a link that was sent by email.
    Link(String),
}

/// Why no paper is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueRefused {
    /// Voting has not begun, or has ended.
    NotNow(CastRefused),
    /// No letter or link of this poll is like that.
    Unknown,
    /// The link has run out.
    Expired,
    /// A paper was issued for it before, and not by this form.
    Used,
    /// This form has given a paper to somebody else: it needs another code.
    StaleForm,
}

impl From<CastRefused> for IssueRefused {
    fn from(why: CastRefused) -> Self {
        Self::NotNow(why)
    }
}

impl From<LinkRefused> for IssueRefused {
    fn from(why: LinkRefused) -> Self {
        match why {
            LinkRefused::Unknown => Self::Unknown,
            LinkRefused::Expired => Self::Expired,
        }
    }
}

/// Issues a paper to whoever shows this proof.
///
/// # Errors
/// Not found where there is nothing to vote in; malformed where papers of this poll are given out in
/// another way; why none is issued.
pub async fn issue_paper(
    app: &App,
    caller: &Caller,
    command: IssuePaper,
) -> Result<(), Refused<IssueRefused>> {
    let (writing, now) = (app.clone(), caller.now);
    app.writer
        .decide(move |tx| {
            let (app, command) = (writing.clone(), command.clone());
            Box::pin(async move { issue(tx, &app, &command, now).await })
        })
        .await
}

async fn issue(
    tx: &Savepoint,
    app: &App,
    command: &IssuePaper,
    now: Timestamp,
) -> Result<(), Refused<IssueRefused>> {
    let held = hold(tx, &command.poll).await?;
    let admitted = admit(&held, now)?;
    let poll = &admitted.root().poll;
    let because = |why| Err(Refused::Because(why));
    let token_hash = match (&command.proof, &poll.electorate) {
        (Proof::Letter(code), Electorate::Register) => letter_hash(poll.id, code),
        (Proof::Link(token), Electorate::Email | Electorate::Ward { .. }) => {
            link::check(&app.config.secret, poll.id, token, uk_day(now))
                .map_err(|why| Refused::Because(why.into()))?;
            secret::hash(token)
        }
        _ => return Err(Denied::Malformed.into()),
    };
    let Some(elector) = voting::elector(&admitted, &token_hash).await? else {
        return because(IssueRefused::Unknown);
    };
    let code_hash = code::hash(poll.id, &command.code);
    match (
        elector.issued,
        ballots::is_there(tx, poll.id, &code_hash).await?,
    ) {
        // The same form, sent again.
        (true, true) => return Ok(()),
        (true, false) => return because(IssueRefused::Used),
        (false, true) => return because(IssueRefused::StaleForm),
        (false, false) => {}
    }
    voting::issue(&admitted, elector, uk_day(now), code_hash).await?;
    // Here, and not once it is answered: whoever asked may have gone by then.
    app.pending_shuffles.add([poll.id]);
    Ok(())
}

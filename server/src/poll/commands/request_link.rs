//! Sending somebody the link to their ballot paper.
//!
//! Invariant: the same is done, and takes as long, whether or not they have asked before and whether
//! or not they have a paper; of an address a keyed hash is kept.

use app::messages::poll::voter as words;
use domain::account::Email;
use domain::calendar::uk_day;
use domain::council::Postcode;
use domain::poll::policy::CastRefused;
use domain::poll::{Electorate, PollAddress};
use jiff::Timestamp;

use super::voting::{admit, hold};
use crate::App;
use crate::council::rows::areas;
use crate::db::Savepoint;
use crate::error::{Denied, Refused};
use crate::granted::Caller;
use crate::mail::Letter;
use crate::poll::link;
use crate::poll::rows::voting::{self, PollOnVote};
use crate::record::outbox::{self, Effect};
use crate::secret;

/// Sends a link to an address.
#[derive(Clone, Debug)]
pub struct RequestLink {
    /// Which poll.
    pub poll: PollAddress,
    /// The address.
    pub email: Email,
    /// Where they live, in a poll of wards. It is not kept.
    pub postcode: Option<Postcode>,
}

/// Why no link is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestRefused {
    /// Voting has not begun, or has ended.
    NotNow(CastRefused),
    /// The postcode is missing, or none of this borough.
    PostcodeUnknown,
    /// The postcode lies in a ward where this vote is not held.
    LivesElsewhere,
}

impl From<CastRefused> for RequestRefused {
    fn from(why: CastRefused) -> Self {
        Self::NotNow(why)
    }
}

/// Sends the link.
///
/// # Errors
/// Not found where there is nothing to vote in; malformed where papers of this poll are given out in
/// another way; why none is sent.
pub async fn request_link(
    app: &App,
    caller: &Caller,
    command: RequestLink,
) -> Result<(), Refused<RequestRefused>> {
    // Nobody's letter box is filled by somebody else: beyond a few, nothing more is sent.
    let sends = app
        .limits
        .letter_to(&app.config.secret, &command.email)
        .is_ok();
    let (writing, now) = (app.clone(), caller.now);
    app.writer
        .decide(move |tx| {
            let (app, command) = (writing.clone(), command.clone());
            Box::pin(async move { request(tx, &app, &command, sends, now).await })
        })
        .await
}

async fn request(
    tx: &Savepoint,
    app: &App,
    command: &RequestLink,
    sends: bool,
    now: Timestamp,
) -> Result<(), Refused<RequestRefused>> {
    let held = hold(tx, &command.poll).await?;
    let admitted = admit(&held, now)?;
    let PollOnVote { on, poll, .. } = admitted.root();
    match &poll.electorate {
        Electorate::Email => {}
        Electorate::Ward { areas: wards } => {
            let lives = match &command.postcode {
                Some(postcode) => areas::of_postcode(tx, postcode).await?,
                None => None,
            };
            let lives = lives.ok_or(Refused::Because(RequestRefused::PostcodeUnknown))?;
            if !wards.contains(&lives) {
                return Err(Refused::Because(RequestRefused::LivesElsewhere));
            }
        }
        Electorate::Open | Electorate::Register => return Err(Denied::Malformed.into()),
    }
    let secret = &app.config.secret;
    let whose = format!("{}/{}", poll.id, command.email.as_str());
    let key_hash = secret::hex(&secret.mac("poll-elector", whose.as_bytes()));
    let token = link::token(secret, poll.id, &key_hash, uk_day(now));
    let issued = voting::keep_address(&admitted, &key_hash, secret::hash(&token)).await?;
    app.pending_shuffles.add([poll.id]);
    let base = &app.config.base_url;
    let body = if issued {
        let page = app::paths::poll_part(&on.slug, poll.number, "paper");
        words::letter_again(&poll.question, &format!("{base}{page}"))
    } else {
        let page = app::paths::poll_part(&on.slug, poll.number, "link");
        words::letter(&poll.question, &format!("{base}{page}?token={token}"))
    };
    if sends {
        let to = command.email.as_str().to_owned();
        let letter = Letter::to_resident(to, words::LETTER_SUBJECT.to_owned(), body);
        outbox::push(&admitted, &Effect::Mail(letter)).await?;
    }
    Ok(())
}

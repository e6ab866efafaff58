//! How every use case of voters begins: the poll is held inside the write, and the policy is asked of
//! what is held, at the moment at which they asked.

use domain::poll::PollAddress;
use domain::poll::policy::CastRefused;
use jiff::Timestamp;

use crate::consultation;
use crate::db::Savepoint;
use crate::error::{Denied, Refused};
use crate::granted::{Admitted, RootInWrite};
use crate::poll::rows::voting::{self, PollOnVote};

/// Holds the poll of this address until the write is done.
///
/// # Errors
/// Not found.
pub(super) async fn hold<'tx>(
    tx: &'tx Savepoint,
    at: &PollAddress,
) -> Result<RootInWrite<'tx, PollOnVote>, Denied> {
    let on = consultation::rows::by_slug(tx, &at.slug)
        .await?
        .ok_or(Denied::NotFound)?;
    voting::hold(tx, on, at).await?.ok_or(Denied::NotFound)
}

/// Asks whether somebody may vote in the poll that is held.
///
/// # Errors
/// Not found where there is nothing to vote in, and why not now.
pub(super) fn admit<'a, R: From<CastRefused>>(
    held: &'a RootInWrite<'a, PollOnVote>,
    now: Timestamp,
) -> Result<Admitted<'a, PollOnVote>, Refused<R>> {
    held.admit(now, |poll| poll.may_vote(now))
        .map_err(|why| match why {
            CastRefused::Unknown | CastRefused::NotUnderThisRegime => Denied::NotFound.into(),
            CastRefused::NotYetOpen | CastRefused::Closed => Refused::Because(why.into()),
        })
}

//! When a poll may be voted in, when its result may be seen, when it may be changed.
//!
//! Invariant: nobody sees a result before its counting is complete, officers and administrators
//! included; only how many have voted.

use super::model::Poll;
use crate::account::{Actor, NotPermitted, Role};
use crate::consultation::policy::{Permission, may};
use crate::consultation::{Consultation, Stage};

/// A policy of the officers' side: whether somebody may do one thing with the polls of a
/// consultation now.
pub type Policy = fn(&Actor, &Consultation, jiff::Timestamp) -> Result<(), NotPermitted>;

/// Why somebody may not vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum CastRefused {
    /// Its consultation is not public yet.
    Unknown,
    /// The regime allows no vote.
    NotUnderThisRegime,
    /// It has not opened.
    NotYetOpen,
    /// It has closed.
    Closed,
}

/// Whether a ballot may be cast, or replaced, now.
///
/// # Errors
/// Why not.
pub fn may_cast(on: &Consultation, now: jiff::Timestamp) -> Result<(), CastRefused> {
    if !on.voting_allowed {
        return Err(CastRefused::NotUnderThisRegime);
    }
    match on.stage(now) {
        Stage::Open => Ok(()),
        Stage::Scheduled => Err(CastRefused::NotYetOpen),
        Stage::Closed | Stage::Answered | Stage::Decided => Err(CastRefused::Closed),
        _ => Err(CastRefused::Unknown),
    }
}

/// Whether a paper of this poll may be given out, or a ballot of it cast, now: its consultation is
/// open, the poll is fit to be voted in, and its ballots are not published.
///
/// # Errors
/// Why not.
pub fn may_vote_in(
    on: &Consultation,
    poll: &Poll,
    published: bool,
    now: jiff::Timestamp,
) -> Result<(), CastRefused> {
    if !poll.faults().is_empty() {
        return Err(CastRefused::Unknown);
    }
    // Nobody publishes before the close; whoever asked before it and comes after it is too late.
    if published {
        return Err(CastRefused::Closed);
    }
    may_cast(on, now)
}

/// Why nobody sees a result yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// People are voting: two readings around one ballot would show it.
    Voting,
    /// Not open yet.
    NotOpen,
    /// Voting has ended, but paper may still be keyed.
    BeingCounted,
}

impl Hidden {
    /// Its word for machines.
    pub fn code(self) -> &'static str {
        match self {
            Hidden::Voting => "voting",
            Hidden::NotOpen => "not-open",
            Hidden::BeingCounted => "being-counted",
        }
    }
}

/// Why the result, whole or partial, is not seen now by anybody, whoever they are. `published` is
/// whether the counting was declared complete and the ballots published.
///
/// # Errors
/// The poll must not be known to have a result at all.
pub fn hidden(
    on: &Consultation,
    published: bool,
    now: jiff::Timestamp,
) -> Result<Option<Hidden>, NotPermitted> {
    if !on.voting_allowed {
        return Err(NotPermitted::Unknown);
    }
    match on.stage(now) {
        Stage::Closed | Stage::Answered | Stage::Decided if published => Ok(None),
        Stage::Closed | Stage::Answered | Stage::Decided => Ok(Some(Hidden::BeingCounted)),
        Stage::Open => Ok(Some(Hidden::Voting)),
        Stage::Scheduled => Ok(Some(Hidden::NotOpen)),
        _ => Err(NotPermitted::Unknown),
    }
}

/// Whether somebody may look at the polls of a consultation at their desk: its teams, and auditors
/// of any team, who see everything and change nothing.
///
/// # Errors
/// Why not.
pub fn may_see_desk(
    actor: &Actor,
    on: &Consultation,
    now: jiff::Timestamp,
) -> Result<(), NotPermitted> {
    let member = actor.signed_in()?;
    may(actor, Permission::View, &on.context(now))?;
    if member.belongs_to(&on.teams) || member.holds_anywhere(Role::Auditor) {
        Ok(())
    } else {
        Err(NotPermitted::Forbidden)
    }
}

/// Whether somebody may add, change and take away polls: whoever may change the draft.
///
/// # Errors
/// Why not.
pub fn may_set_up(
    actor: &Actor,
    on: &Consultation,
    now: jiff::Timestamp,
) -> Result<(), NotPermitted> {
    may(actor, Permission::Edit, &on.context(now))
}

/// Whether somebody may see the forms of a draft's polls again with what they typed: whoever may
/// change it, or might at another stage.
///
/// # Errors
/// Why not.
pub fn may_see_form(
    actor: &Actor,
    on: &Consultation,
    now: jiff::Timestamp,
) -> Result<(), NotPermitted> {
    match may_set_up(actor, on, now) {
        Err(NotPermitted::NotNow) => Ok(()),
        answer => answer,
    }
}

/// Whether somebody may publish the ballots of a poll of this consultation: an officer of its
/// team, once it has closed.
///
/// # Errors
/// Why not; [`NotPermitted::NotNow`] before the close.
pub fn may_publish(
    actor: &Actor,
    on: &Consultation,
    now: jiff::Timestamp,
) -> Result<(), NotPermitted> {
    let member = actor.signed_in()?;
    let stage = on.stage(now);
    if !stage.is_public() {
        return Err(NotPermitted::Unknown);
    }
    if !member.holds_in(Role::Officer, &on.teams) {
        return Err(NotPermitted::Forbidden);
    }
    match stage {
        Stage::Closed | Stage::Answered | Stage::Decided => Ok(()),
        _ => Err(NotPermitted::NotNow),
    }
}

/// Whether somebody may upload the register of a poll and make its letters: an officer of its
/// teams, until voting has ended.
///
/// # Errors
/// Why not.
pub fn may_keep_register(
    actor: &Actor,
    on: &Consultation,
    now: jiff::Timestamp,
) -> Result<(), NotPermitted> {
    use Stage::{Approved, Draft, InReview, Open, Scheduled};
    let member = actor.signed_in()?;
    // Whoever may not know of a draft does not learn of it here.
    may(actor, Permission::View, &on.context(now))?;
    if !member.holds_in(Role::Officer, &on.teams) {
        return Err(NotPermitted::Forbidden);
    }
    match on.stage(now) {
        Draft | InReview | Approved | Scheduled | Open => Ok(()),
        _ => Err(NotPermitted::NotNow),
    }
}

/// Whether somebody may key ballots that came on paper: an officer of its teams, from the opening
/// until the list is published. What was posted in time may be keyed after the close.
///
/// # Errors
/// Why not.
pub fn may_key_paper(
    actor: &Actor,
    on: &Consultation,
    now: jiff::Timestamp,
) -> Result<(), NotPermitted> {
    let member = actor.signed_in()?;
    may(actor, Permission::View, &on.context(now))?;
    if !member.holds_in(Role::Officer, &on.teams) || !on.voting_allowed {
        return Err(NotPermitted::Forbidden);
    }
    match on.stage(now) {
        Stage::Open | Stage::Closed | Stage::Answered => Ok(()),
        _ => Err(NotPermitted::NotNow),
    }
}

#[cfg(test)]
mod tests;

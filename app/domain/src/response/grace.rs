//! Until when a response is taken: the key of the check page, the closing time and the rule of
//! grace.
//!
//! Somebody who began before closing may send until [`GRACE_MINUTES`] after it. The check page
//! says so.

use jiff::{SignedDuration, Timestamp};

use crate::account::Actor;
use crate::consultation::policy::{Context, Permission, may};
use crate::consultation::{Milestones, Stage};

/// How long after closing a response that was begun before closing is still taken.
pub const GRACE_MINUTES: i64 = 60;
/// How old a key may be before the answers have to be looked at again.
pub const KEY_HOURS: i64 = 24;

/// Why a response is not taken at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendRefused {
    /// The check page was opened too long ago: look at it again.
    #[error("the check page is too old")]
    KeyExpired,
    /// The consultation has closed.
    #[error("closed")]
    Closed,
    /// It has not opened, or was never published.
    #[error("not open")]
    NotOpen,
}

/// Whether a response whose key was made at `issued` is taken at `now`.
///
/// # Errors
/// Why not. Closing goes before age: nobody is asked to look again at what can't be sent.
pub fn may_send(on: &Milestones, issued: Timestamp, now: Timestamp) -> Result<(), SendRefused> {
    let grace = SignedDuration::from_mins(GRACE_MINUTES);
    let in_grace = on.stage(now) == Stage::Closed
        && on
            .closes
            .is_some_and(|closes| now.duration_since(closes) <= grace);
    if in_grace {
        // Whoever was let in may finish.
        may_begin(on, issued).map_err(|_| SendRefused::Closed)?;
    } else {
        may_begin(on, now)?;
    }
    let age = now.duration_since(issued);
    if age > SignedDuration::from_hours(KEY_HOURS) || age < -SignedDuration::from_mins(5) {
        return Err(SendRefused::KeyExpired);
    }
    Ok(())
}

/// Whether somebody may begin to respond at `now`.
///
/// # Errors
/// Why not.
pub fn may_begin(on: &Milestones, now: Timestamp) -> Result<(), SendRefused> {
    let stage = on.stage(now);
    // Responding asks no role: what anybody may do, everybody may.
    let context = Context {
        teams: Vec::new(),
        stage,
        authors: Vec::new(),
    };
    may(&Actor::Anyone, Permission::Respond, &context).map_err(|_| match stage {
        Stage::Closed | Stage::Answered | Stage::Decided => SendRefused::Closed,
        _ => SendRefused::NotOpen,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minute * 60).expect("in range")
    }

    fn open_for_a_week() -> Milestones {
        Milestones {
            submitted: Some(at(-9)),
            approved: Some(at(-8)),
            published: Some(at(-7)),
            opens: Some(at(0)),
            closes: Some(at(10_080)),
            ..Milestones::default()
        }
    }

    #[test]
    fn a_page_reached_before_closing_is_taken_for_an_hour_after_it_and_no_longer() {
        let m = open_for_a_week();
        assert_eq!(may_send(&m, at(10_000), at(10_079)), Ok(()));
        assert_eq!(may_send(&m, at(10_079), at(10_080)), Ok(()));
        assert_eq!(may_send(&m, at(10_079), at(10_140)), Ok(()));
        assert_eq!(
            may_send(&m, at(10_079), at(10_141)),
            Err(SendRefused::Closed)
        );
        assert_eq!(
            may_send(&m, at(10_080), at(10_081)),
            Err(SendRefused::Closed)
        );
    }

    #[test]
    fn a_check_page_grows_old_and_one_from_the_future_is_not_ours() {
        let m = open_for_a_week();
        assert_eq!(may_send(&m, at(0), at(1_440)), Ok(()));
        assert_eq!(may_send(&m, at(0), at(1_441)), Err(SendRefused::KeyExpired));
        // Two clocks may differ by five minutes.
        assert_eq!(may_send(&m, at(20), at(15)), Ok(()));
        assert_eq!(may_send(&m, at(20), at(14)), Err(SendRefused::KeyExpired));
        assert_eq!(may_send(&m, at(20), at(10)), Err(SendRefused::KeyExpired));
        assert_eq!(may_send(&m, at(-1), at(-1)), Err(SendRefused::NotOpen));
    }

    #[test]
    fn after_the_answer_nothing_more_is_taken() {
        let m = Milestones {
            answered: Some(at(10_085)),
            ..open_for_a_week()
        };
        assert_eq!(
            may_send(&m, at(10_079), at(10_090)),
            Err(SendRefused::Closed)
        );
        assert_eq!(may_begin(&m, at(5)), Ok(()));
        assert_eq!(may_begin(&m, at(10_081)), Err(SendRefused::Closed));
    }
}

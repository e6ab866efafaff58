//! The 72-hour reply clock.

use jiff::{SignedDuration, Timestamp};

/// Hours within which a neighbourhood team replies (Neighbourhood Policing Guarantee, 2025).
pub const REPLY_HOURS: i64 = 72;

/// Where a concern stands against the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyClock {
    /// It has been replied to in time.
    InTime,
    /// It was replied to, late by these whole hours.
    Late(i64),
    /// These whole hours are left.
    Left(i64),
    /// It is overdue by these whole hours.
    Overdue(i64),
}

/// When a reply is due: 72 hours of elapsed time, whatever the clocks in the street do.
pub fn reply_due(submitted: Timestamp) -> Timestamp {
    submitted
        .saturating_add(SignedDuration::from_hours(REPLY_HOURS))
        .unwrap_or(Timestamp::MAX)
}

/// What it shows at `now`.
pub fn reply_clock(due: Timestamp, replied: Option<Timestamp>, now: Timestamp) -> ReplyClock {
    let hours = |from: Timestamp, to: Timestamp| (to.as_second() - from.as_second()) / 3_600;
    match replied {
        Some(at) if at <= due => ReplyClock::InTime,
        Some(at) => ReplyClock::Late(hours(due, at)),
        None if now <= due => ReplyClock::Left(hours(now, due)),
        None => ReplyClock::Overdue(hours(due, now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn seventy_two_hours_are_seventy_two_hours_when_the_clocks_change() {
        // Summer time ends on 25 October 2026 in the United Kingdom.
        let due = reply_due(at("2026-10-24T12:00:00+01:00"));
        assert_eq!(due, at("2026-10-27T11:00:00Z"));
        assert_eq!(
            reply_clock(due, None, at("2026-10-27T10:00:00Z")),
            ReplyClock::Left(1)
        );
        assert_eq!(reply_clock(due, None, due), ReplyClock::Left(0));
        assert_eq!(
            reply_clock(due, None, at("2026-10-28T11:00:00Z")),
            ReplyClock::Overdue(24)
        );
        assert_eq!(
            reply_clock(due, Some(due), at("2027-01-01T00:00:00Z")),
            ReplyClock::InTime
        );
        assert_eq!(
            reply_clock(
                due,
                Some(at("2026-10-27T14:00:00Z")),
                at("2027-01-01T00:00:00Z")
            ),
            ReplyClock::Late(3)
        );
    }
}

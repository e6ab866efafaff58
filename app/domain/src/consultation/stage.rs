//! The stage of a consultation, computed from its milestones and the clock; never stored.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a consultation stands. The order is the order of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Being written; seen by its teams only.
    Draft,
    /// Waiting for somebody else's approval.
    InReview,
    /// Approved, not yet published.
    Approved,
    /// Published; opens later.
    Scheduled,
    /// Taking responses.
    Open,
    /// No longer taking responses; not yet answered.
    Closed,
    /// Every theme has an answer; no decision yet.
    Answered,
    /// The decision is recorded.
    Decided,
    /// Taken back by its owner; stays visible with that word if it was ever published.
    Withdrawn,
}

/// What has happened to a consultation so far. All times are UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// When it was sent for review.
    pub submitted: Option<Timestamp>,
    /// When somebody else approved it.
    pub approved: Option<Timestamp>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// The first moment at which responses are taken.
    pub opens: Option<Timestamp>,
    /// The first moment at which responses are no longer taken: periods are half open.
    pub closes: Option<Timestamp>,
    /// When the last theme was answered and the answers published.
    pub answered: Option<Timestamp>,
    /// When the decision was recorded.
    pub decided: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn: Option<Timestamp>,
}

impl Milestones {
    /// The stage at `now`.
    pub fn stage(&self, now: Timestamp) -> Stage {
        if self.withdrawn.is_some() {
            return Stage::Withdrawn;
        }
        if self.submitted.is_none() {
            return Stage::Draft;
        }
        if self.approved.is_none() {
            return Stage::InReview;
        }
        let (Some(_), Some(opens), Some(closes)) = (self.published, self.opens, self.closes) else {
            return Stage::Approved;
        };
        if now < opens {
            Stage::Scheduled
        } else if now < closes {
            Stage::Open
        } else if self.decided.is_some() {
            Stage::Decided
        } else if self.answered.is_some() {
            Stage::Answered
        } else {
            Stage::Closed
        }
    }

    /// The next moment at which the clock alone changes the stage, if there is one.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        match self.stage(now) {
            Stage::Scheduled => self.opens,
            Stage::Open => self.closes,
            _ => None,
        }
    }
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Stage; 9] = [
        Stage::Draft,
        Stage::InReview,
        Stage::Approved,
        Stage::Scheduled,
        Stage::Open,
        Stage::Closed,
        Stage::Answered,
        Stage::Decided,
        Stage::Withdrawn,
    ];

    /// Whether anybody may know that the consultation exists.
    pub fn is_public(self) -> bool {
        matches!(
            self,
            Stage::Scheduled | Stage::Open | Stage::Closed | Stage::Answered | Stage::Decided
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    #[test]
    fn the_period_is_half_open_and_the_later_milestone_wins() {
        let mut m = Milestones {
            submitted: Some(at(1)),
            ..Milestones::default()
        };
        assert_eq!(Milestones::default().stage(at(5)), Stage::Draft);
        assert_eq!(m.stage(at(5)), Stage::InReview);
        m.approved = Some(at(2));
        assert_eq!(m.stage(at(5)), Stage::Approved);
        (m.published, m.opens, m.closes) = (Some(at(3)), Some(at(10)), Some(at(20)));
        assert_eq!(m.stage(at(9)), Stage::Scheduled);
        assert_eq!(m.next_change(at(9)), Some(at(10)));
        assert_eq!(m.stage(at(10)), Stage::Open);
        assert_eq!(m.stage(at(19)), Stage::Open);
        assert_eq!(m.stage(at(20)), Stage::Closed);
        m.answered = Some(at(30));
        assert_eq!(m.stage(at(31)), Stage::Answered);
        m.decided = Some(at(40));
        assert_eq!(m.stage(at(41)), Stage::Decided);
        m.withdrawn = Some(at(42));
        assert_eq!(m.stage(at(43)), Stage::Withdrawn);
    }
}

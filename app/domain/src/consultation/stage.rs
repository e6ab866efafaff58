//! The stage of a consultation, computed from its milestones and the clock; never stored.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::edit::Version;

/// How far a consultation has come. It has no order of its own, since what was withdrawn is neither
/// before nor after the rest: ask [`Stage::has_opened`] and its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// Taken back by its owner before it opened; seen by its teams only.
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

    /// Which text waits for approval: another version each time it is sent for review, the first one
    /// where nothing was sent.
    pub fn submission(&self) -> Version {
        Version(self.submitted.map_or(0, Timestamp::as_millisecond))
    }

    /// When the last step was taken. Whoever waited for it acts after it, whatever their clock said when
    /// they asked.
    pub fn last_step(&self) -> Option<Timestamp> {
        [
            self.submitted,
            self.approved,
            self.published,
            self.answered,
            self.decided,
            self.withdrawn,
        ]
        .into_iter()
        .flatten()
        .max()
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
    /// Every stage in the order of the path, what was withdrawn at the end.
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

    /// Its place on the path from draft to decision, for lists; what was withdrawn comes last.
    pub fn place(self) -> usize {
        Self::ALL
            .into_iter()
            .position(|stage| stage == self)
            .unwrap_or(Self::ALL.len())
    }

    /// Whether anybody may know that the consultation exists.
    pub fn is_public(self) -> bool {
        matches!(
            self,
            Stage::Scheduled | Stage::Open | Stage::Closed | Stage::Answered | Stage::Decided
        )
    }

    /// Whether responses are or were taken.
    pub fn has_opened(self) -> bool {
        self == Stage::Open || self.has_closed()
    }

    /// Whether responses were taken and are no longer.
    pub fn has_closed(self) -> bool {
        self == Stage::Closed || self.is_answered()
    }

    /// Whether the answers to what people said are published.
    pub fn is_answered(self) -> bool {
        matches!(self, Stage::Answered | Stage::Decided)
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

    #[test]
    fn each_sending_is_a_text_of_its_own_and_the_last_step_is_the_latest() {
        let nothing = Milestones::default();
        assert_eq!(nothing.submission(), Version(0));
        assert_eq!(nothing.last_step(), None);
        let sent = |second: i64| Milestones {
            submitted: Some(at(second)),
            ..Milestones::default()
        };
        assert_eq!(sent(2).submission(), Version(2_000));
        assert_ne!(sent(2).submission(), sent(3).submission());
        let steps = Milestones {
            approved: Some(at(7)),
            // The clock takes these by itself.
            opens: Some(at(50)),
            closes: Some(at(60)),
            ..sent(2)
        };
        assert_eq!(steps.last_step(), Some(at(7)));
        assert_eq!(sent(2).last_step(), Some(at(2)));
    }

    #[test]
    fn stages_stand_in_lists_as_they_are_taken() {
        let places: Vec<usize> = Stage::ALL.into_iter().map(Stage::place).collect();
        assert_eq!(places, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(Stage::Open.place(), 4);
    }

    #[test]
    fn what_was_withdrawn_has_neither_opened_nor_closed_nor_been_answered() {
        let reached = |is: fn(Stage) -> bool| Stage::ALL.into_iter().filter(|s| is(*s)).count();
        assert_eq!(reached(Stage::has_opened), 4);
        assert_eq!(reached(Stage::has_closed), 3);
        assert_eq!(reached(Stage::is_answered), 2);
        assert!(!Stage::Withdrawn.has_opened() && !Stage::Withdrawn.is_public());
    }
}

//! The Gunning principles as gates: R v Brent LBC, ex p Gunning (1985) 84 LGR 168; endorsed in
//! R (Moseley) v Haringey LBC \[2014\] UKSC 56. A refusal names the principle that is not met.

use super::promise::says_that_people_decide;
use crate::calendar::whole_uk_days;
use crate::typed;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The four principles of a lawful consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gunning {
    /// Proposals are still at a formative stage.
    Formative,
    /// Sufficient reasons and information for intelligent consideration.
    Information,
    /// Adequate time for consideration and response.
    Time,
    /// The product of consultation is conscientiously taken into account.
    Consideration,
}

/// What is missing before publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GateRefused {
    /// It is not said what is open to change.
    #[error("what is open is not declared")]
    NothingOpen,
    /// It is not said what is limited or fixed.
    #[error("what is limited or fixed is not declared")]
    LimitsNotDeclared,
    /// It is not said why some things are limited or fixed.
    #[error("no reason is given for the limits")]
    NoReasonForLimits,
    /// Title, summary or body is missing.
    #[error("nothing to read")]
    NothingToRead,
    /// Fewer than two options, or none of them is to do nothing.
    #[error("the options do not include doing nothing")]
    NoDoNothing,
    /// Nothing is asked: no question and no statement.
    #[error("nothing is asked")]
    NothingAsked,
    /// Statements are put to a vote under a regime where grounds decide, not numbers.
    #[error("the regime allows no vote")]
    VoteNotAllowed,
    /// A poll can't be put to a vote as it is.
    #[error("a poll is not ready")]
    PollNotReady,
    /// Its words say that people decide, and no poll of it is binding.
    #[error("promises that people decide, and its polls are indicative")]
    PromisesToDecide,
    /// Nobody can be asked about it.
    #[error("no contact")]
    NoContact,
    /// Opening or closing is not set, or closes before it opens.
    #[error("no period")]
    NoPeriod,
    /// It is not said why it closes on that day.
    #[error("no reason for the closing date")]
    NoReasonForClosing,
    /// The period is shorter than the regime's minimum.
    #[error("the period is {days} days, the regime asks for {minimum}")]
    TooShort {
        /// Whole days between opening and closing.
        days: i64,
        /// What the regime asks for.
        minimum: i64,
    },
    /// It would have closed already.
    #[error("the closing time has passed")]
    AlreadyOver,
}

impl GateRefused {
    /// The principle that is not met.
    pub fn principle(self) -> Gunning {
        match self {
            GateRefused::NothingOpen
            | GateRefused::LimitsNotDeclared
            | GateRefused::NoReasonForLimits => Gunning::Formative,
            GateRefused::NothingToRead
            | GateRefused::NoDoNothing
            | GateRefused::NothingAsked
            | GateRefused::VoteNotAllowed
            | GateRefused::PollNotReady
            | GateRefused::PromisesToDecide
            | GateRefused::NoContact => Gunning::Information,
            GateRefused::NoPeriod
            | GateRefused::NoReasonForClosing
            | GateRefused::TooShort { .. }
            | GateRefused::AlreadyOver => Gunning::Time,
        }
    }
}

/// What the gates look at.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'a> {
    /// Title, summary and body, in that order.
    pub words: [&'a str; 3],
    /// What is open to change.
    pub open: &'a str,
    /// What is open within limits.
    pub limited: &'a str,
    /// What is fixed.
    pub fixed: &'a str,
    /// Why some things are limited or fixed.
    pub reason: &'a str,
    /// How many options there are.
    pub options: usize,
    /// Whether one of them is to do nothing.
    pub has_do_nothing: bool,
    /// How many questions and statements are asked.
    pub asked: usize,
    /// How many statements and blocks of statements are put to a vote.
    pub votes: usize,
    /// How many polls can't be put to a vote as they are.
    pub polls_unready: usize,
    /// Whether it has polls, and none of them is binding.
    pub only_indicative_polls: bool,
    /// Whether the regime allows votes.
    pub voting_allowed: bool,
    /// Whom to ask.
    pub contact: &'a str,
    /// Opening.
    pub opens: Option<Timestamp>,
    /// Closing.
    pub closes: Option<Timestamp>,
    /// Why it closes then.
    pub closing_reason: &'a str,
    /// The fewest whole days the regime asks for.
    pub minimum_days: i64,
}

/// Checks the first three principles before a consultation is sent for review, approved or
/// published. The fourth, consideration, is asked before a decision.
///
/// # Errors
/// Everything that is missing, in the order of the principles.
pub fn check_publication(p: &Publication<'_>, now: Timestamp) -> Result<(), Vec<GateRefused>> {
    let blank = typed::is_blank;
    let mut missing = Vec::new();
    if blank(p.open) {
        missing.push(GateRefused::NothingOpen);
    }
    if blank(p.limited) && blank(p.fixed) {
        missing.push(GateRefused::LimitsNotDeclared);
    }
    if blank(p.reason) {
        missing.push(GateRefused::NoReasonForLimits);
    }
    if p.words.iter().any(|w| blank(w)) {
        missing.push(GateRefused::NothingToRead);
    }
    if p.options < 2 || !p.has_do_nothing {
        missing.push(GateRefused::NoDoNothing);
    }
    if p.asked == 0 {
        missing.push(GateRefused::NothingAsked);
    }
    if p.votes > 0 && !p.voting_allowed {
        missing.push(GateRefused::VoteNotAllowed);
    }
    if p.polls_unready > 0 && p.voting_allowed {
        missing.push(GateRefused::PollNotReady);
    }
    if p.only_indicative_polls && p.words.iter().any(|text| says_that_people_decide(text)) {
        missing.push(GateRefused::PromisesToDecide);
    }
    if blank(p.contact) {
        missing.push(GateRefused::NoContact);
    }
    match (p.opens, p.closes) {
        (Some(opens), Some(closes)) if opens < closes => {
            let days = whole_uk_days(opens, closes);
            if days < p.minimum_days {
                missing.push(GateRefused::TooShort {
                    days,
                    minimum: p.minimum_days,
                });
            }
            if closes <= now {
                missing.push(GateRefused::AlreadyOver);
            }
        }
        _ => missing.push(GateRefused::NoPeriod),
    }
    if blank(p.closing_reason) {
        missing.push(GateRefused::NoReasonForClosing);
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing)
    }
}

/// Checks the same as it would be if it were published now, and says when it then opens where that is
/// not what was planned: what was approved for a day that has passed opens at once, and its period is
/// counted from now.
///
/// # Errors
/// Everything that is missing, in the order of the principles.
pub fn check_published_now(
    p: &Publication<'_>,
    now: Timestamp,
) -> Result<Option<Timestamp>, Vec<GateRefused>> {
    check_publication(p, now)?;
    if p.opens.is_none_or(|opens| now <= opens) {
        return Ok(None);
    }
    let opens = Some(now);
    check_publication(&Publication { opens, ..*p }, now)?;
    Ok(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Publication<'static> {
        Publication {
            words: ["Crossing", "A crossing", "We want a crossing"],
            open: "where",
            limited: "",
            fixed: "the budget",
            reason: "The grant is for one crossing",
            options: 2,
            has_do_nothing: true,
            asked: 3,
            votes: 1,
            polls_unready: 0,
            only_indicative_polls: true,
            voting_allowed: true,
            contact: "planning@example.org",
            opens: Timestamp::from_second(100_000).ok(),
            closes: Timestamp::from_second(100_000 + 28 * 86_400).ok(),
            closing_reason: "Four weeks from the last notice",
            minimum_days: 28,
        }
    }

    #[test]
    fn a_whole_consultation_passes_and_each_gap_is_named() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(check_publication(&whole(), now), Ok(()));
        let cases = [
            (
                Publication {
                    open: " ",
                    ..whole()
                },
                GateRefused::NothingOpen,
                Gunning::Formative,
            ),
            (
                Publication {
                    has_do_nothing: false,
                    ..whole()
                },
                GateRefused::NoDoNothing,
                Gunning::Information,
            ),
            (
                Publication {
                    voting_allowed: false,
                    ..whole()
                },
                GateRefused::VoteNotAllowed,
                Gunning::Information,
            ),
            (
                Publication {
                    minimum_days: 42,
                    ..whole()
                },
                GateRefused::TooShort {
                    days: 28,
                    minimum: 42,
                },
                Gunning::Time,
            ),
            (
                Publication {
                    polls_unready: 1,
                    ..whole()
                },
                GateRefused::PollNotReady,
                Gunning::Information,
            ),
            (
                Publication {
                    words: ["You decide", "A crossing", "We want a crossing"],
                    ..whole()
                },
                GateRefused::PromisesToDecide,
                Gunning::Information,
            ),
            (
                Publication {
                    closes: None,
                    ..whole()
                },
                GateRefused::NoPeriod,
                Gunning::Time,
            ),
        ];
        for (case, refusal, principle) in cases {
            assert_eq!(check_publication(&case, now), Err(vec![refusal]));
            assert_eq!(refusal.principle(), principle);
        }
    }

    #[test]
    fn each_gate_opens_at_its_edge_and_not_before() {
        let now = Timestamp::UNIX_EPOCH;
        let refused = |case: Publication<'static>, why: GateRefused| {
            assert_eq!(check_publication(&case, now), Err(vec![why]));
        };
        let passes = |case: Publication<'static>| {
            assert_eq!(check_publication(&case, now), Ok(()));
        };
        for options in [0, 1] {
            let case = Publication { options, ..whole() };
            refused(case, GateRefused::NoDoNothing);
        }
        passes(Publication {
            options: 3,
            ..whole()
        });
        // Where no vote is allowed, nothing but a vote is in the way.
        passes(Publication {
            votes: 0,
            polls_unready: 1,
            voting_allowed: false,
            ..whole()
        });
        // A vote that is declared binding may be promised.
        passes(Publication {
            words: ["You decide", "A crossing", "We want a crossing"],
            only_indicative_polls: false,
            ..whole()
        });
        for asked in [0, 1] {
            let case = Publication { asked, ..whole() };
            if asked == 0 {
                refused(case, GateRefused::NothingAsked);
            } else {
                passes(case);
            }
        }
        for words in [["", "b", "c"], ["a", " ", "c"], ["a", "b", ""]] {
            let case = Publication { words, ..whole() };
            refused(case, GateRefused::NothingToRead);
        }
        let limited = Publication {
            limited: "The width",
            fixed: "",
            ..whole()
        };
        passes(limited);
        let blank = Publication {
            fixed: " ",
            ..whole()
        };
        refused(blank, GateRefused::LimitsNotDeclared);
        for (case, why) in [
            (
                Publication {
                    reason: "",
                    ..whole()
                },
                GateRefused::NoReasonForLimits,
            ),
            (
                Publication {
                    contact: " ",
                    ..whole()
                },
                GateRefused::NoContact,
            ),
            (
                Publication {
                    closing_reason: "",
                    ..whole()
                },
                GateRefused::NoReasonForClosing,
            ),
        ] {
            refused(case, why);
        }
    }

    #[test]
    fn a_period_ends_after_it_begins_and_after_now() {
        let second = |n: i64| Timestamp::from_second(n).expect("in range");
        let never = Publication {
            closes: whole().opens,
            minimum_days: 0,
            ..whole()
        };
        let backwards = Publication {
            closes: Some(second(99_999)),
            ..never
        };
        for case in [never, backwards] {
            let refused = check_publication(&case, Timestamp::UNIX_EPOCH);
            assert_eq!(refused, Err(vec![GateRefused::NoPeriod]));
        }
        let end = 100_000 + 28 * 86_400;
        assert_eq!(check_publication(&whole(), second(end - 1)), Ok(()));
        for now in [end, end + 1] {
            let refused = check_publication(&whole(), second(now));
            assert_eq!(refused, Err(vec![GateRefused::AlreadyOver]));
        }
    }

    #[test]
    fn a_day_is_a_day_where_the_clocks_change() {
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("a moment"));
        let four_weeks = Publication {
            // From nine to nine, over the night in which the clocks go forward.
            opens: at("2027-03-01T09:00:00Z"),
            closes: at("2027-03-29T08:00:00Z"),
            minimum_days: 28,
            ..whole()
        };
        let before = Timestamp::from_second(0).expect("in range");
        assert_eq!(check_publication(&four_weeks, before), Ok(()));
        let short = Publication {
            closes: at("2027-03-29T07:59:59Z"),
            ..four_weeks
        };
        assert!(check_publication(&short, before).is_err());
    }

    #[test]
    fn what_is_published_late_opens_at_once_and_is_still_open_long_enough() {
        let planned = Timestamp::from_second(100_000).expect("in range");
        let day = jiff::SignedDuration::from_hours(24);
        assert_eq!(check_published_now(&whole(), planned - day), Ok(None));
        let late = planned + day;
        let short = GateRefused::TooShort {
            days: 27,
            minimum: 28,
        };
        assert_eq!(check_published_now(&whole(), late), Err(vec![short]));
        let shorter = Publication {
            minimum_days: 27,
            ..whole()
        };
        assert_eq!(check_published_now(&shorter, late), Ok(Some(late)));
        let after = planned + day * 28;
        let refused = check_published_now(&shorter, after).expect_err("it has closed");
        assert_eq!(refused, [GateRefused::AlreadyOver]);
    }
}

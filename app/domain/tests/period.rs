//! Properties of the period: the stage by the clock, and the gate of time.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what can't be expected or unwrapped fails the test"
)]

use domain::consultation::{GateRefused, Milestones, Publication, Stage, check_publication};
use jiff::Timestamp;
use proptest::prelude::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn some() -> impl Strategy<Value = Option<Timestamp>> {
    prop::option::of((0_i64..1_000).prop_map(at))
}

fn milestones() -> impl Strategy<Value = Milestones> {
    (
        some(),
        some(),
        some(),
        some(),
        some(),
        some(),
        some(),
        some(),
    )
        .prop_map(
            |(submitted, approved, published, opens, closes, answered, decided, withdrawn)| {
                Milestones {
                    submitted,
                    approved,
                    published,
                    opens,
                    closes,
                    answered,
                    decided,
                    withdrawn,
                }
            },
        )
}

/// A published one that was not withdrawn, with a period.
fn published() -> impl Strategy<Value = Milestones> {
    (milestones(), 0_i64..500, 1_i64..400).prop_map(|(m, opens, length)| Milestones {
        submitted: Some(at(0)),
        approved: Some(at(0)),
        published: Some(at(0)),
        opens: Some(at(opens)),
        closes: Some(at(opens + length)),
        withdrawn: None,
        ..m
    })
}

proptest! {
    #[test]
    fn the_clock_alone_never_takes_a_consultation_back(m in milestones(), a in 0_i64..2_000, b in 0_i64..2_000) {
        let (early, late) = (a.min(b), a.max(b));
        prop_assert!(m.stage(at(early)).place() <= m.stage(at(late)).place());
    }

    #[test]
    fn responses_are_taken_in_the_half_open_period_and_at_no_other_time(m in published(), now in 0_i64..2_000) {
        let (opens, closes) = (m.opens.unwrap(), m.closes.unwrap());
        let now = at(now);
        prop_assert_eq!(m.stage(now) == Stage::Open, opens <= now && now < closes);
    }

    #[test]
    fn nothing_unpublished_or_withdrawn_is_public(m in milestones(), now in 0_i64..2_000) {
        if m.published.is_none() || m.withdrawn.is_some() || m.approved.is_none() {
            prop_assert!(!m.stage(at(now)).is_public());
        }
    }

    #[test]
    fn between_now_and_the_next_change_the_stage_stays(m in published(), now in 0_i64..2_000, part in 0_i64..1_000) {
        let now = at(now);
        if let Some(next) = m.next_change(now) {
            prop_assert!(next > now);
            let between = now.as_second() + (next.as_second() - now.as_second() - 1) * part / 1_000;
            prop_assert_eq!(m.stage(at(between)), m.stage(now));
            prop_assert_ne!(m.stage(next), m.stage(now));
        } else {
            prop_assert_eq!(m.stage(at(5_000)), m.stage(now));
        }
    }

    #[test]
    fn a_period_passes_if_and_only_if_it_has_the_days_of_its_regime(
        opens in 0_i64..10_000_000, length in 1_i64..8_000_000, minimum in 0_i64..90
    ) {
        let case = Publication {
            words: ["t", "s", "b"],
            open: "o",
            limited: "l",
            fixed: "",
            reason: "r",
            options: 2,
            has_do_nothing: true,
            asked: 1,
            votes: 0,
            polls_unready: 0,
            only_indicative_polls: false,
            voting_allowed: true,
            contact: "c",
            opens: Some(at(opens)),
            closes: Some(at(opens + length)),
            closing_reason: "c",
            minimum_days: minimum,
        };
        let found = check_publication(&case, at(0));
        if length >= minimum * 86_400 {
            prop_assert_eq!(found, Ok(()));
        } else {
            prop_assert_eq!(found, Err(vec![GateRefused::TooShort { days: length / 86_400, minimum }]));
        }
        prop_assert_eq!(check_publication(&case, at(opens + length)).is_err(), true);
    }
}

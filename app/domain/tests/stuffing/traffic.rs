//! Stuffing among genuine voters: what is flagged of made-up traffic, and what is not.
//!
//! The traffic: 17,000 people in four camps, with opinions of their own, who vote on some of twenty
//! statements over ten days, from homes, workplaces and libraries, and mobile networks that share
//! one source among hundreds. Stuffers read the page first in every case but where it says so:
//! anything else is caught by that alone.

use domain::vote::stuffing::{Flag, Voter, flags};

use crate::dice::Dice;

const STATEMENTS: i64 = 20;
const GENUINE: i64 = 17_000;

fn genuine(dice: &mut Dice) -> Vec<Voter> {
    let leans: Vec<[f64; 4]> = (0..STATEMENTS)
        .map(|_| std::array::from_fn(|_| 0.1 + 0.8 * dice.unit()))
        .collect();
    (0..GENUINE)
        .map(|id| {
            let day = dice.below(10) as u32;
            let source = match dice.below(10) {
                // Homes with one to three people, workplaces and libraries, mobile networks.
                0..6 => 1_000_000 + dice.below(6_000),
                6..8 => 500_000 + dice.below(90),
                _ => dice.below(3),
            };
            let camp = dice.below(4) as usize;
            // A third see everything; others leave earlier.
            let share = match dice.below(3) {
                0 => 1.0,
                _ => dice.unit(),
            };
            let votes = (0..STATEMENTS)
                .zip(&leans)
                .filter_map(|(statement, lean)| {
                    if dice.unit() > share {
                        return None;
                    }
                    let value = match (dice.unit() < 0.1, dice.unit() < lean[camp]) {
                        (true, _) => 0,
                        (false, true) => 1,
                        (false, false) => -1,
                    };
                    Some((statement, value))
                })
                .collect();
            Voter {
                id,
                source: Some((day, source)),
                read: true,
                votes,
            }
        })
        .collect()
}

/// What a stuffer wants counted, with this share of it left to chance.
fn script(dice: &mut Dice, noise: f64) -> Vec<(i64, i8)> {
    (0..STATEMENTS)
        .map(|statement| {
            let wanted = if statement % 3 == 0 { -1 } else { 1 };
            let value = if dice.unit() < noise { -wanted } else { wanted };
            (statement, value)
        })
        .collect()
}

/// Shares flagged: of the stuffers, of the genuine.
fn flagged(voters: &[Voter]) -> (f64, f64) {
    let found = flags(voters);
    let stuffers = voters.len() as f64 - GENUINE as f64;
    let wrong = found.keys().filter(|id| **id < GENUINE).count() as f64;
    (
        (found.len() as f64 - wrong) / stuffers,
        wrong / GENUINE as f64,
    )
}

#[track_caller]
fn passes(voters: &[Voter]) {
    let (caught, wrong) = flagged(voters);
    assert!(caught >= 0.99, "{caught} of the stuffers flagged");
    assert!(wrong <= 0.005, "{wrong} of the genuine flagged");
}

#[test]
fn among_genuine_voters_alone_hardly_anybody_is_flagged() {
    for seed in 0..3 {
        let voters = genuine(&mut Dice(seed));
        let wrong = flags(&voters).len() as f64 / GENUINE as f64;
        assert!(wrong <= 0.005, "{wrong}");
    }
}

#[test]
fn eighteen_thousand_from_few_addresses_are_flagged() {
    for (addresses, noise) in [(6, 0.5), (60, 0.03)] {
        let dice = &mut Dice(11);
        let mut voters = genuine(dice);
        for number in 0..18_000 {
            voters.push(Voter {
                id: GENUINE + number,
                source: Some((dice.below(5) as u32, 9_000_000 + dice.below(addresses))),
                read: true,
                votes: script(dice, noise),
            });
        }
        passes(&voters);
    }
}

#[test]
fn seven_thousand_from_one_server_are_flagged_whatever_they_say() {
    let dice = &mut Dice(12);
    let mut voters = genuine(dice);
    for number in 0..7_000 {
        voters.push(Voter {
            id: GENUINE + number,
            source: Some((dice.below(3) as u32, 9_000_000)),
            read: true,
            votes: script(dice, 0.4),
        });
    }
    passes(&voters);
}

#[test]
fn a_slow_one_spread_over_many_addresses_is_flagged_where_it_repeats_itself() {
    let dice = &mut Dice(13);
    let mut voters = genuine(dice);
    for number in 0..2_000 {
        voters.push(Voter {
            id: GENUINE + number,
            source: Some((dice.below(10) as u32, 9_000_000 + number as u64)),
            read: true,
            votes: script(dice, 0.0),
        });
    }
    passes(&voters);
}

#[test]
fn a_slow_one_that_varies_like_people_is_not_seen_and_we_say_so() {
    let dice = &mut Dice(14);
    let mut voters = genuine(dice);
    for number in 0..2_000 {
        voters.push(Voter {
            id: GENUINE + number,
            source: Some((dice.below(10) as u32, 9_000_000 + number as u64)),
            read: true,
            votes: script(dice, 0.3),
        });
    }
    let (caught, wrong) = flagged(&voters);
    assert!(caught < 0.01 && wrong <= 0.005, "{caught}, {wrong}");
}

#[test]
fn who_votes_without_the_page_is_flagged_at_once() {
    let voter = Voter {
        id: 1,
        ..Voter::default()
    };
    assert_eq!(flags(&[voter]).get(&1), Some(&Flag::Unread));
}

#[test]
fn a_class_that_votes_together_and_a_camp_of_one_mind_are_left_alone() {
    let dice = &mut Dice(15);
    let mut voters = genuine(dice);
    // A class behind one address that agrees on most things.
    for number in 0..60 {
        voters.push(Voter {
            id: GENUINE + number,
            source: Some((1, 9_000_000)),
            read: true,
            votes: script(dice, 0.15),
        });
    }
    // A camp of thousands with a strong line, from everywhere.
    for number in 60..4_060 {
        voters.push(Voter {
            id: GENUINE + number,
            source: Some((dice.below(10) as u32, 9_000_001 + number as u64)),
            read: true,
            votes: script(dice, 0.06),
        });
    }
    let (caught, _) = flagged(&voters);
    assert!(caught < 0.005, "{caught}");
}

//! Stuffing in replays of real conversations: a crowd that votes at random but for one statement.
//!
//! The conversations are in `end2end/references/data/polis`. Beside everybody who took part come 120
//! voters, each from a network of their own, who read the page, vote at random, and agree with one
//! statement or disagree with it. The figures are printed (`--no-capture`).

#![expect(
    clippy::unwrap_used,
    reason = "a conversation that cannot be read fails the test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use domain::vote::opinion::read;
use domain::vote::stuffing::{Flag, Voter, flags};

use crate::dice::Dice;

const CONVERSATIONS: [&str; 2] = ["brexit-consensus", "scoop-hivemind.affordable-housing"];
const CROWD: usize = 120;
const STUFFERS: i64 = 1_000_000;

/// Everybody who took part, each from a network of their own.
fn people(name: &str) -> Vec<Voter> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../end2end/references/data/polis")
        .join(name);
    let votes = fs::read_to_string(folder.join("participants-votes.csv")).unwrap();
    let comments = fs::read_to_string(folder.join("comments.csv")).unwrap();
    let matrix = read::open_data(&votes, Some(&comments)).unwrap().matrix;
    let mut by_person: BTreeMap<i64, Vec<(i64, i8)>> = BTreeMap::new();
    for cast in matrix.casts() {
        let votes = by_person.entry(cast.person).or_default();
        votes.push((cast.statement, cast.value));
    }
    by_person
        .into_iter()
        .map(|(id, mut votes)| {
            votes.sort_unstable();
            voter(id, votes)
        })
        .collect()
}

fn voter(id: i64, votes: Vec<(i64, i8)>) -> Voter {
    Voter {
        id,
        source: Some((1, id.unsigned_abs())),
        read: true,
        votes,
    }
}

/// How a stuffer answers what they do not care about.
#[derive(Clone, Copy, Debug)]
enum Chance {
    /// Agree, disagree and pass alike.
    Three,
    /// Agree and disagree alike.
    Two,
    /// As often as everybody does, on whatever statement.
    AsOthers,
}

/// A crowd for one statement, on so many statements each (nothing: on all).
fn crowd(people: &[Voter], dice: &mut Dice, chance: Chance, on: Option<usize>) -> Vec<Voter> {
    let mut seen: BTreeMap<i64, usize> = BTreeMap::new();
    let mut answers = Vec::new();
    for (statement, value) in people.iter().flat_map(|voter| &voter.votes) {
        *seen.entry(*statement).or_default() += 1;
        answers.push(*value);
    }
    let known: Vec<i64> = seen
        .iter()
        .filter(|(_, votes)| **votes * 4 > people.len())
        .map(|(statement, _)| *statement)
        .collect();
    let target = dice.pick(&known);
    let way = if dice.below(2) == 0 { 1 } else { -1 };
    let all: Vec<i64> = seen.into_keys().filter(|one| *one != target).collect();
    (0..CROWD as i64)
        .map(|number| {
            let mut left = all.clone();
            while left.len() + 1 > on.unwrap_or(usize::MAX) {
                left.swap_remove(dice.below(left.len() as u64) as usize);
            }
            let mut votes: Vec<(i64, i8)> = left
                .into_iter()
                .map(|statement| {
                    let value = match chance {
                        Chance::Three => dice.pick(&[1, 0, -1]),
                        Chance::Two => dice.pick(&[1, -1]),
                        Chance::AsOthers => dice.pick(&answers),
                    };
                    (statement, value)
                })
                .collect();
            votes.push((target, way));
            votes.sort_unstable();
            voter(STUFFERS + number, votes)
        })
        .collect()
}

/// Shares flagged, of the crowd and of the people, over replays with crowds of their own.
fn replayed(people: &[Voter], chance: Chance, on: Option<usize>) -> Vec<(f64, f64)> {
    (0..8)
        .map(|seed| {
            let mut voters = people.to_vec();
            voters.extend(crowd(people, &mut Dice(seed), chance, on));
            let found = flags(&voters);
            let caught = found.keys().filter(|id| **id >= STUFFERS).count();
            let wrong = found.len() - caught;
            (
                caught as f64 / CROWD as f64,
                wrong as f64 / people.len() as f64,
            )
        })
        .collect()
}

#[test]
fn a_crowd_at_random_but_for_one_statement_is_found_and_hardly_anybody_else() {
    let mut faults = Vec::new();
    for name in CONVERSATIONS {
        let people = people(name);
        for (chance, on, bound) in [
            (Chance::Three, None, 0.9),
            (Chance::Two, None, 0.9),
            (Chance::Three, Some(30), 0.9),
            (Chance::Two, Some(30), 0.9),
            // Harder to tell from people, and told so: most are found.
            (Chance::AsOthers, None, 0.85),
            (Chance::Three, Some(20), 0.8),
            (Chance::Two, Some(20), 0.9),
            // Not held to anything but to leave people alone.
            (Chance::Three, Some(10), 0.0),
            (Chance::AsOthers, Some(20), 0.0),
        ] {
            let all = replayed(&people, chance, on);
            let show = |of: fn(&(f64, f64)) -> f64| {
                let each: Vec<String> = all
                    .iter()
                    .map(|one| format!("{:.1}", of(one) * 100.0))
                    .collect();
                each.join(" ")
            };
            println!(
                "{name}, {} people, {chance:?}, on {on:?}: found {} %, people flagged {} %",
                people.len(),
                show(|one| one.0),
                show(|one| one.1)
            );
            // Over the replays, and in none of them far from it: one of these people is half of a
            // hundredth of them, so of a single replay two are allowed.
            let mean =
                |of: fn(&(f64, f64)) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
            let (caught, wrong) = (mean(|one| one.0), mean(|one| one.1));
            let far = |one: &(f64, f64)| one.0 < bound - 0.1 || one.1 > 0.01;
            if caught < bound || wrong > 0.005 || all.iter().any(far) {
                faults.push(format!(
                    "{name} {chance:?} {on:?}: {caught} found, {wrong} of people; each {all:?}"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nobody_is_flagged_where_only_people_took_part() {
    for name in CONVERSATIONS.into_iter().chain(["london.youth.policing"]) {
        assert_eq!(flags(&people(name)), BTreeMap::new(), "{name}");
    }
}

#[test]
fn the_same_votes_give_the_same_answer_in_whatever_order_the_voters_come() {
    let people = people(CONVERSATIONS[0]);
    let mut voters = people.clone();
    voters.extend(crowd(&people, &mut Dice(1), Chance::Three, None));
    let once = flags(&voters);
    assert!(once.values().any(|flag| *flag == Flag::AtRandom));
    voters.reverse();
    assert_eq!(flags(&voters), once);
    voters.rotate_left(77);
    assert_eq!(flags(&voters), once);
}

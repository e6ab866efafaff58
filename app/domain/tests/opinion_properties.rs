//! What holds of opinion groups for any votes.

#![expect(
    clippy::unwrap_used,
    reason = "a made-up matrix that fails is a failed test"
)]

use domain::vote::opinion::{
    Analysis, Cast, OpinionReport, Settings, TooFew, VoteMatrix, Weighed, analyse, generate, next,
    picture, rand_index,
};
use proptest::prelude::*;

fn votes() -> impl Strategy<Value = Vec<Cast>> {
    let cast = (0_i64..40, 0_i64..12, -1_i8..=1).prop_map(|(person, statement, value)| Cast {
        person,
        statement,
        value,
    });
    proptest::collection::vec(cast, 0..400)
}

/// One vote a cell, so that order cannot matter.
fn single(mut votes: Vec<Cast>) -> Vec<Cast> {
    votes.sort_by_key(|cast| (cast.person, cast.statement));
    votes.dedup_by_key(|cast| (cast.person, cast.statement));
    votes
}

fn written(matrix: &VoteMatrix, found: &Analysis) -> String {
    serde_json::to_string(&OpinionReport::new(matrix, found)).unwrap()
}

proptest! {
    #[test]
    fn the_order_of_votes_changes_nothing(votes in votes(), seed in any::<u64>()) {
        let votes = single(votes);
        let mut other = votes.clone();
        other.sort_by_key(|c| (c.person as u64 * 31 + c.statement as u64).wrapping_mul(seed | 1));
        let (a, b) = (VoteMatrix::from_votes(votes), VoteMatrix::from_votes(other));
        prop_assert_eq!(&a, &b);
        let settings = Settings::open_data();
        prop_assert_eq!(
            written(&a, &analyse(&a, &settings, None)),
            written(&b, &analyse(&b, &settings, None))
        );
    }

    #[test]
    fn the_latest_vote_counts_however_it_came(votes in votes(), at in 0_usize..400) {
        let at = at.min(votes.len());
        let whole = VoteMatrix::from_votes(votes.clone());
        let (before, after) = votes.split_at(at);
        let parts = VoteMatrix::from_votes(before.to_vec()).with_votes(after.to_vec());
        prop_assert_eq!(&whole, &parts);
        for cast in whole.casts() {
            let last = votes.iter().rev().find(|v| {
                v.person == cast.person && v.statement == cast.statement
            });
            prop_assert_eq!(last, Some(&cast));
        }
    }

    #[test]
    fn groups_add_up_and_none_is_under_the_threshold(votes in votes(), threshold in 1_usize..8) {
        let matrix = VoteMatrix::from_votes(votes);
        let settings = Settings { smallest_group: threshold, ..Settings::open_data() };
        let found = analyse(&matrix, &settings, None);
        let Ok(groups) = &found.groups else { return Ok(()) };
        prop_assert!(groups.sizes.len() >= 2);
        prop_assert!(groups.sizes.iter().all(|size| *size >= threshold));
        prop_assert!(groups.sizes.windows(2).all(|two| two[0] >= two[1]));
        let grouped = groups.group_of.iter().flatten().count();
        prop_assert_eq!(groups.sizes.iter().sum::<usize>(), grouped);
        let drawn = picture(groups, &found.positions, threshold);
        prop_assert!(drawn.groups.iter().all(|ellipse| ellipse.size >= threshold));
        prop_assert!(drawn.cells.iter().all(|cell| threshold == 1 || cell.people % 5 == 0));
        let cells: usize = drawn.cells.iter().map(|cell| cell.people).sum();
        prop_assert!(cells <= grouped);
    }

    #[test]
    fn a_statement_already_seen_is_never_next(
        priorities in proptest::collection::vec(0.1_f64..50.0, 1..20),
        seen in proptest::collection::vec(0_i64..20, 0..20),
        seed in any::<u64>(),
    ) {
        let weighed: Vec<Weighed> = (0_i64..)
            .zip(priorities)
            .map(|(statement, priority)| Weighed { statement, priority })
            .collect();
        let chosen = next(&weighed, &seen, seed);
        prop_assert_eq!(chosen, next(&weighed, &seen, seed));
        match chosen {
            Some(chosen) => prop_assert!(!seen.contains(&chosen.statement)),
            None => prop_assert!(weighed.iter().all(|one| seen.contains(&one.statement))),
        }
    }
}

#[test]
fn statements_are_drawn_as_often_as_they_weigh() {
    let weighed = [1.0, 3.0, 6.0]
        .into_iter()
        .zip(0..)
        .map(|(priority, statement)| Weighed {
            statement,
            priority,
        })
        .collect::<Vec<_>>();
    let mut drawn = [0_u32; 3];
    for seed in 0..10_000 {
        drawn[next(&weighed, &[], seed).unwrap().statement as usize] += 1;
    }
    for (count, share) in drawn.iter().zip([0.1, 0.3, 0.6]) {
        assert!(
            (f64::from(*count) / 10_000.0 - share).abs() < 0.02,
            "{drawn:?}"
        );
    }
}

#[test]
fn a_warm_start_gives_the_groups_of_a_cold_one_in_fewer_steps() {
    let settings = Settings::open_data();
    let first = VoteMatrix::from_votes(generate(5_000, 80, 120_000, 3));
    let warm = analyse(&first, &settings, None).warm(&first);
    let later = first.with_votes(generate(5_000, 80, 300, 4));
    let (cold, warm) = (
        analyse(&later, &settings, None),
        analyse(&later, &settings, Some(&warm)),
    );
    assert!(warm.components.steps < cold.components.steps);
    for (a, b) in cold.components.axes.iter().zip(&warm.components.axes) {
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6));
    }
    assert_eq!(cold.groups.unwrap().group_of, warm.groups.unwrap().group_of);
}

#[test]
fn groups_that_were_made_up_are_found_again() {
    // Three groups, each for its own four of twelve statements.
    let votes: Vec<Cast> = (0_i64..90)
        .flat_map(|person| {
            (0_i64..12).map(move |statement| Cast {
                person,
                statement,
                value: match (statement / 4 == person % 3, (person + statement) % 11) {
                    (_, 0) => 0,
                    (true, _) => 1,
                    (false, _) => -1,
                },
            })
        })
        .collect();
    let matrix = VoteMatrix::from_votes(votes);
    let found = analyse(
        &matrix,
        &Settings {
            strict: false,
            ..Settings::public()
        },
        None,
    );
    let groups = found.groups.unwrap();
    let ours: Vec<usize> = groups.group_of.iter().map(|group| group.unwrap()).collect();
    let meant: Vec<usize> = (0..90).map(|person| person % 3).collect();
    assert!((rand_index(&ours, &meant) - 1.0).abs() < 1e-12);
    assert!(groups.common_ground.is_empty());
    assert_eq!(groups.divisive.len(), 5);
}

#[test]
fn too_little_to_say_is_said_with_its_reason() {
    let settings = Settings {
        strict: false,
        ..Settings::public()
    };
    let of = |votes: Vec<Cast>| {
        let matrix = VoteMatrix::from_votes(votes);
        analyse(&matrix, &settings, None).groups.unwrap_err()
    };
    assert_eq!(of(Vec::new()), TooFew::Statements { need: 2 });
    let everybody_agrees = |people: i64| -> Vec<Cast> {
        (0..people)
            .flat_map(|person| {
                (0_i64..9).map(move |statement| Cast {
                    person,
                    statement,
                    value: 1,
                })
            })
            .collect()
    };
    assert_eq!(of(everybody_agrees(19)), TooFew::People { need: 20 });
    assert_eq!(of(everybody_agrees(40)), TooFew::NothingTellsApart);
    // One person against all others: a group of one is nobody's business.
    let mut one_against: Vec<Cast> = everybody_agrees(40);
    one_against
        .iter_mut()
        .filter(|cast| cast.person == 0)
        .for_each(|cast| cast.value = -1);
    assert_eq!(of(one_against), TooFew::GroupsTooSmall { need: 10 });
}

#[test]
fn strict_moderation_leaves_out_what_nobody_has_looked_at() {
    let matrix = VoteMatrix::from_votes(generate(60, 12, 500, 1));
    let found = analyse(&matrix, &Settings::public(), None);
    assert!(found.consensus.is_empty() && found.uncertain.is_empty());
    assert_eq!(found.groups.unwrap_err(), TooFew::Statements { need: 2 });
}

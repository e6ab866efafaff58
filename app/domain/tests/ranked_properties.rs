//! What must hold of every count of ranked ballots, whatever the ballots.

use domain::vote::ranked::{Candidate, Count, Election, Rule, TieBreak, Votes, count};
use proptest::prelude::*;

type Rows = Vec<(u64, Vec<u16>)>;

#[derive(Clone, Debug)]
struct Draft {
    candidates: u16,
    seats: u32,
    rows: Rows,
}

fn names(candidates: u16) -> Vec<Candidate> {
    (0..candidates)
        .map(|n| Candidate::new(format!("Name {n}")))
        .collect()
}

fn election(draft: &Draft) -> Election {
    built(draft.seats, names(draft.candidates), draft.rows.clone())
}

fn built(seats: u32, candidates: Vec<Candidate>, rows: Rows) -> Election {
    Election::new(None, seats, candidates, rows).unwrap_or_else(|refused| panic!("{refused}"))
}

fn counted(rule: Rule, election: &Election) -> Count {
    count(rule, election, &TieBreak::seeded("s")).unwrap_or_else(|refused| panic!("{refused}"))
}

/// Small counts, so that ties are common.
fn draft() -> impl Strategy<Value = Draft> {
    (2..7_u16).prop_flat_map(|candidates| {
        let ranking = (
            Just((0..candidates).collect::<Vec<u16>>()).prop_shuffle(),
            1..=candidates,
        )
            .prop_map(|(mut all, length)| {
                all.truncate(usize::from(length));
                all
            });
        let rows = prop::collection::vec((1..9_u64, ranking), 1..14);
        (1..=u32::from(candidates), rows).prop_map(move |(seats, rows)| Draft {
            candidates,
            seats,
            rows,
        })
    })
}

/// Every vote is somewhere at every stage, and none comes back from those that go no further.
fn no_vote_appears(draft: &Draft) {
    let election = election(draft);
    for rule in [Rule::StvScotland, Rule::Meek, Rule::Irv] {
        for stage in counted(rule, &election).stages {
            assert_eq!(stage.sum(), Votes::whole(election.valid()), "{rule}");
            let changes: Votes = stage.totals.iter().map(|total| total.change).sum();
            assert!(
                stage.number == 1 || changes <= Votes::ZERO,
                "{rule}, stage {}",
                stage.number
            );
        }
    }
}

#[test]
fn no_vote_comes_back_where_nearly_all_are_exhausted() {
    // Keep values of a few billionths, which rounding up alone would raise.
    no_vote_appears(&Draft {
        candidates: 6,
        seats: 4,
        rows: vec![(6, vec![0]), (1, vec![4, 3])],
    });
}

proptest! {
    #[test]
    fn every_stage_sums_to_the_ballots(draft in draft()) {
        no_vote_appears(&draft);
    }

    #[test]
    fn as_many_are_elected_as_there_are_seats_and_nobody_twice(draft in draft()) {
        let election = election(&draft);
        for rule in Rule::ALL {
            let result = counted(rule, &election);
            let mut numbers = result.elected_numbers.clone();
            numbers.sort_unstable();
            numbers.dedup();
            let seats = if rule == Rule::Borda { 0 } else { result.seats as usize };
            prop_assert_eq!(numbers.len(), seats, "{}", rule);
            prop_assert_eq!(result.elected.len(), seats, "{}", rule);
        }
    }

    #[test]
    fn a_permutation_of_the_ballots_changes_nothing(
        (draft, shuffled) in draft().prop_flat_map(|draft| {
            let single = draft.rows.iter().flat_map(|(count, ranking)| {
                (0..*count).map(|_| (1, ranking.clone()))
            });
            let single: Rows = single.collect();
            (Just(draft), Just(single).prop_shuffle())
        })
    ) {
        let apart = Draft { rows: shuffled, ..draft.clone() };
        for rule in Rule::ALL {
            prop_assert_eq!(counted(rule, &election(&draft)), counted(rule, &election(&apart)));
        }
    }

    #[test]
    fn the_order_of_the_candidates_changes_nothing_not_even_a_draw(
        (draft, order) in draft().prop_flat_map(|draft| {
            let order: Vec<u16> = (0..draft.candidates).collect();
            (Just(draft), Just(order).prop_shuffle())
        })
    ) {
        let place = |candidate: &u16| order.iter().position(|one| one == candidate).unwrap_or(0);
        let old = names(draft.candidates);
        let candidates = order.iter().map(|one| old[usize::from(*one)].clone()).collect();
        let rows = draft.rows.iter().map(|(count, ranking)| {
            (*count, ranking.iter().map(|one| place(one) as u16).collect())
        });
        let other = built(draft.seats, candidates, rows.collect());
        for rule in Rule::ALL {
            let (one, two) = (counted(rule, &election(&draft)), counted(rule, &other));
            prop_assert_eq!(one.elected, two.elected, "{}", rule);
            prop_assert_eq!(one.stages.len(), two.stages.len(), "{}", rule);
        }
    }

    #[test]
    fn a_withdrawn_candidate_is_as_if_never_named(draft in draft(), gone in 0..7_u16) {
        let gone = gone % draft.candidates;
        let rest: Rows = draft.rows.iter().map(|(count, ranking)| {
            (*count, ranking.iter().copied().filter(|one| *one != gone).collect())
        }).collect();
        prop_assume!(rest.iter().any(|(_, ranking)| !ranking.is_empty()));
        let mut candidates = names(draft.candidates);
        candidates[usize::from(gone)].withdrawn = true;
        let with = built(draft.seats, candidates.clone(), draft.rows);
        let without = built(draft.seats, candidates, rest);
        for rule in Rule::ALL {
            let (one, two) = (counted(rule, &with), counted(rule, &without));
            prop_assert!(!one.elected_numbers.contains(&(u32::from(gone) + 1)));
            prop_assert_eq!(one, two);
        }
    }

    #[test]
    fn whoever_beats_everybody_wins_by_schulze_and_by_ranked_pairs(draft in draft()) {
        let election = election(&draft);
        let schulze = counted(Rule::Schulze, &election);
        let Some(table) = schulze.pairwise.as_ref().map(|pairwise| &pairwise.preferred) else {
            return Err(TestCaseError::fail("no table"));
        };
        let size = table.len();
        let best = (0..size).find(|a| (0..size).all(|b| *a == b || table[*a][b] > table[b][*a]));
        if let Some(best) = best {
            let name = format!("Name {best}");
            prop_assert_eq!(&schulze.elected[0], &name);
            prop_assert_eq!(&counted(Rule::RankedPairs, &election).elected[0], &name);
        }
    }

    #[test]
    fn ballots_for_the_winner_alone_never_unseat_them(draft in draft(), more in 1..20_u64) {
        for rule in [Rule::Irv, Rule::Schulze, Rule::RankedPairs, Rule::Approval] {
            let draft = Draft { seats: 1, ..draft.clone() };
            let before = counted(rule, &election(&draft));
            let winner = before.elected_numbers[0];
            let mut rows = draft.rows.clone();
            rows.push((more, vec![winner as u16 - 1]));
            let after = counted(rule, &election(&Draft { rows, ..draft }));
            if before.draws.is_empty() && after.draws.is_empty() {
                prop_assert_eq!(after.elected_numbers[0], winner, "{}", rule);
            }
        }
    }

    #[test]
    fn two_quotas_that_agree_on_two_candidates_elect_both(draft in draft(), split in 0..40_u64) {
        let candidates = draft.candidates.max(4);
        let others: u64 = draft.rows.iter().map(|(count, _)| count).sum();
        let mut rows = draft.rows;
        rows.push((split, vec![0, 1]));
        rows.push((others + 20, vec![1, 0]));
        let election = built(3, names(candidates), rows);
        for rule in [Rule::StvScotland, Rule::Meek] {
            let elected = counted(rule, &election).elected_numbers;
            prop_assert!(elected.contains(&1) && elected.contains(&2), "{rule}: {elected:?}");
        }
    }

    #[test]
    fn votes_survive_json_to_the_last_place(billionths in 0..1_000_000_000_000_000_i128) {
        let votes = Votes::billionths(billionths);
        let json = serde_json::to_string(&votes).unwrap_or_default();
        prop_assert_eq!(serde_json::from_str::<Votes>(&json).ok(), Some(votes), "{}", json);
    }
}

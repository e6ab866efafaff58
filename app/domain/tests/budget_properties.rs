//! What holds of every budget: properties over made-up elections.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, where made-up elections are valid"
)]

use domain::vote::budget::{
    BallotForm, BallotRefusal, Budget, Election, Method, Pennies, Project, Rule, Utility, compare,
    count, remaining,
};
use proptest::prelude::*;

type Lines = Vec<Vec<(usize, i32)>>;

fn pennies(minor: u64) -> Pennies {
    Pennies::new(minor).unwrap()
}

fn budget(total: u64, costs: &[u64]) -> Budget {
    let project = |(at, cost): (usize, &u64)| Project::new(format!("p{at}"), pennies(*cost));
    Budget::new(
        pennies(total),
        costs.iter().enumerate().map(project).collect(),
    )
    .unwrap()
}

fn election(form: BallotForm, total: u64, costs: &[u64], ballots: &Lines) -> Election {
    let mut election = Election::new(budget(total, costs), form);
    for ballot in ballots {
        let named: Vec<(String, i32)> = ballot
            .iter()
            .map(|(at, points)| (format!("p{at}"), *points))
            .collect();
        let choices: Vec<(&str, i32)> = named.iter().map(|(id, p)| (id.as_str(), *p)).collect();
        election.cast(&choices).unwrap();
    }
    election
}

fn forms() -> impl Strategy<Value = BallotForm> {
    proptest::sample::select(vec![
        BallotForm::Approval {
            most: None,
            limit: None,
        },
        BallotForm::Score {
            lowest: -5,
            highest: 9,
        },
        BallotForm::Cumulative { total: 1_000 },
        BallotForm::Ordinal { most: None },
    ])
}

fn elections() -> impl Strategy<Value = (BallotForm, u64, Vec<u64>, Lines)> {
    let costs = proptest::collection::vec(prop_oneof![Just(5_000_u64), 0..20_000_u64], 1..8);
    (forms(), 0_u64..50_000, costs).prop_flat_map(|(form, total, costs)| {
        let ballot = proptest::collection::vec((0..costs.len(), 0..5_i32), 0..5)
            .prop_map(|mut choices| {
                choices.sort_unstable();
                choices.dedup_by_key(|c| c.0);
                choices
            })
            .prop_shuffle();
        (
            Just(form),
            Just(total),
            Just(costs),
            proptest::collection::vec(ballot, 0..12),
        )
    })
}

fn rules() -> Vec<Rule> {
    Method::ALL
        .into_iter()
        .flat_map(|method| Utility::ALL.map(|utility| Rule { method, utility }))
        .collect()
}

proptest! {
    #[test]
    fn no_rule_ever_spends_more_than_the_budget((form, total, costs, ballots) in elections()) {
        let election = election(form, total, &costs, &ballots);
        for rule in rules() {
            let made = count(&election, rule);
            prop_assert!(made.cost <= made.budget, "{rule}");
            let mut ids = made.funded.clone();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), made.funded.len(), "{}", rule);
        }
    }

    #[test]
    fn the_order_of_the_ballots_changes_nothing(
        ((form, total, costs, ballots), shuffled) in elections()
            .prop_flat_map(|e| (Just(e.clone()), Just(e.3).prop_shuffle())),
    ) {
        let one = election(form, total, &costs, &ballots);
        let other = election(form, total, &costs, &shuffled);
        for rule in rules() {
            prop_assert_eq!(count(&one, rule), count(&other, rule));
        }
    }

    #[test]
    fn one_more_approval_never_unfunds_that_project_under_greedy(
        (_, total, costs, ballots) in elections(),
        pick in any::<(prop::sample::Index, prop::sample::Index)>(),
        utility in proptest::sample::select(Utility::ALL.to_vec()),
    ) {
        prop_assume!(!ballots.is_empty());
        let form = BallotForm::Approval { most: None, limit: None };
        let (voter, project) = (pick.0.index(ballots.len()), pick.1.index(costs.len()));
        let mut more = ballots.clone();
        if !more[voter].iter().any(|(at, _)| *at == project) {
            more[voter].push((project, 1));
        }
        let rule = Rule { method: Method::Greedy, utility };
        let id = format!("p{project}");
        if count(&election(form, total, &costs, &ballots), rule).funded.contains(&id) {
            prop_assert!(count(&election(form, total, &costs, &more), rule).funded.contains(&id));
        }
    }

    #[test]
    fn a_knapsack_ballot_exists_only_within_its_limit(
        costs in proptest::collection::vec(0_u64..20_000, 1..8),
        limit in 0_u64..60_000,
        chosen in any::<u8>(),
    ) {
        let budget = budget(100_000, &costs);
        let picked: Vec<usize> = (0..costs.len()).filter(|at| chosen & (1 << at) != 0).collect();
        let ids: Vec<String> = picked.iter().map(|at| format!("p{at}")).collect();
        let choices: Vec<(&str, i32)> = ids.iter().map(|id| (id.as_str(), 1)).collect();
        let cost: u64 = picked.iter().map(|at| costs[*at]).sum();
        let limit = pennies(limit);
        let made = BallotForm::Knapsack { limit }.ballot(&budget, &choices);
        let left = remaining(limit, picked.iter().map(|at| &budget.projects()[*at]));
        if cost <= limit.minor() {
            prop_assert_eq!(made.unwrap().choices().len(), picked.len());
            prop_assert_eq!(left.unwrap().minor(), limit.minor() - cost);
        } else {
            let refusal = BallotRefusal::OverBudget { cost: u128::from(cost), limit };
            prop_assert_eq!(made.unwrap_err(), refusal.clone());
            prop_assert_eq!(left.unwrap_err(), refusal);
        }
    }

    #[test]
    fn a_rule_is_known_by_the_name_it_prints(rule in proptest::sample::select(rules())) {
        prop_assert_eq!(rule.to_string().parse::<Rule>(), Ok(rule));
    }
}

#[test]
fn ballots_that_break_their_form_are_refused_with_the_reason() {
    let budget = budget(10_000, &[100, 200]);
    let twice = BallotForm::ChooseOne.ballot(&budget, &[("p0", 1), ("p0", 1)]);
    assert_eq!(twice, Err(BallotRefusal::Twice { id: "p0".into() }));
    let two = BallotForm::ChooseOne.ballot(&budget, &[("p0", 1), ("p1", 1)]);
    assert_eq!(two, Err(BallotRefusal::TooMany { given: 2, most: 1 }));
    let stranger = BallotForm::Ordinal { most: None }.ballot(&budget, &[("p9", 1)]);
    assert_eq!(
        stranger,
        Err(BallotRefusal::UnknownProject { id: "p9".into() })
    );
    let dots = BallotForm::Cumulative { total: 5 }.ballot(&budget, &[("p0", 3), ("p1", 3)]);
    assert_eq!(dots, Err(BallotRefusal::OverPoints { given: 6, most: 5 }));
    let below = BallotForm::Cumulative { total: 5 }.ballot(&budget, &[("p0", -1)]);
    assert!(matches!(
        below,
        Err(BallotRefusal::PointsOutside {
            points: -1,
            lowest: 0,
            ..
        })
    ));
    let above = BallotForm::Score {
        lowest: 0,
        highest: 3,
    }
    .ballot(&budget, &[("p0", 4)]);
    assert!(matches!(
        above,
        Err(BallotRefusal::PointsOutside {
            points: 4,
            highest: 3,
            ..
        })
    ));
}

#[test]
fn an_ordinal_ballot_of_three_gives_three_two_and_one() {
    let budget = budget(10_000, &[1, 2, 3]);
    let ballot = BallotForm::Ordinal { most: Some(3) }
        .ballot(&budget, &[("p2", 0), ("p0", 0), ("p1", 0)])
        .unwrap();
    let points: Vec<(u32, i32)> = ballot
        .choices()
        .iter()
        .map(|c| (c.project, c.points))
        .collect();
    assert_eq!(points, [(2, 3), (0, 2), (1, 1)]);
}

#[test]
fn rules_side_by_side_tell_who_gets_something() {
    // Greedy buys the big project of six; Equal Shares the two small ones of four and two too.
    let ballots: Lines = [vec![vec![(0, 1)]; 6], vec![vec![(1, 1), (2, 1)]; 4]].concat();
    let form = BallotForm::Approval {
        most: None,
        limit: None,
    };
    let election = election(form, 10_000, &[10_000, 2_000, 2_000], &ballots);
    let rules = [Rule::usual(Method::Greedy), "mes".parse().unwrap()];
    let compared = compare(&election, &rules);
    assert_eq!(compared.rules[0].funded, ["p0"]);
    assert_eq!(compared.rules[0].ballots_with_something, 6);
    assert!((compared.rules[0].share_with_something - 0.6).abs() < 1e-12);
    assert!((compared.rules[0].cost_per_ballot - 10.0).abs() < 1e-12);
    assert_eq!(compared.rules[1].funded, ["p1", "p2"]);
    assert!((compared.rules[1].share_with_something - 0.4).abs() < 1e-12);
    assert!((compared.rules[1].mean_funded - 0.8).abs() < 1e-12);
    assert!(
        compared
            .text()
            .contains("greedy                100      1   60.0 %        0.60       10.00  p0")
    );
}

//! Equal Shares against its definition, worked naively in fractions.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;

use super::super::{BallotForm, Budget, Election, Pennies, Project, Utility};
use super::profile::Profile;
use super::run::Runner;
use super::{equal_shares, share};

fn whole(value: u128) -> BigRational {
    BigRational::from_integer(BigInt::from(value))
}

fn election(total: u64, costs: &[u64], ballots: &[Vec<(usize, i32)>]) -> Election {
    let projects = costs
        .iter()
        .enumerate()
        .map(|(at, cost)| Project::new(format!("p{at}"), Pennies::new(*cost).expect("small")))
        .collect();
    let budget = Budget::new(Pennies::new(total).expect("small"), projects).expect("unique ids");
    let mut election = Election::new(
        budget,
        BallotForm::Score {
            lowest: i32::MIN,
            highest: i32::MAX,
        },
    );
    for ballot in ballots {
        let named: Vec<(String, i32)> = ballot
            .iter()
            .map(|(at, points)| (format!("p{at}"), *points))
            .collect();
        let choices: Vec<(&str, i32)> = named.iter().map(|(id, p)| (id.as_str(), *p)).collect();
        election.cast(&choices).expect("a valid ballot");
    }
    election
}

/// One run as the definition has it: every voter apart, every rate from scratch, everything a fraction.
fn naive(election: &Election, utility: Utility, share: &BigRational) -> Vec<(u32, BigRational)> {
    let projects = election.budget().projects();
    let worth = |voter: usize, project: usize| {
        election.ballots()[voter]
            .choices()
            .iter()
            .find(|c| c.project as usize == project)
            .map_or(0, |c| {
                utility.worth(projects[project].cost.minor(), c.points)
            })
    };
    let mut left = vec![share.clone(); election.ballots().len()];
    let mut bought: Vec<(u32, BigRational)> = Vec::new();
    loop {
        let mut best: Option<(BigRational, usize)> = None;
        for (at, project) in projects.iter().enumerate() {
            let cost = whole(u128::from(project.cost.minor()));
            if cost.is_zero() || bought.iter().any(|(b, _)| *b as usize == at) {
                continue;
            }
            let mut supporters: Vec<usize> =
                (0..left.len()).filter(|v| worth(*v, at) > 0).collect();
            let all: BigRational = supporters.iter().map(|v| left[*v].clone()).sum();
            if supporters.is_empty() || all < cost {
                continue;
            }
            supporters.sort_by_key(|v| &left[*v] / whole(worth(*v, at)));
            let mut to_pay = cost;
            let mut total: u128 = supporters.iter().map(|v| worth(*v, at)).sum();
            for voter in supporters {
                let rate = &to_pay / whole(total);
                if &rate * whole(worth(voter, at)) <= left[voter] {
                    if best.as_ref().is_none_or(|(b, other)| {
                        rate < *b || rate == *b && project.id < projects[*other].id
                    }) {
                        best = Some((rate, at));
                    }
                    break;
                }
                to_pay -= &left[voter];
                total -= worth(voter, at);
            }
        }
        let Some((rate, at)) = best else {
            return bought;
        };
        for (voter, left) in left.iter_mut().enumerate() {
            let price = &rate * whole(worth(voter, at));
            *left = if price < *left {
                &*left - price
            } else {
                BigRational::zero()
            };
        }
        bought.push((u32::try_from(at).expect("few projects"), rate));
    }
}

/// Add-one as the definition has it, with every step made.
fn naive_raised(election: &Election, utility: Utility) -> Vec<u32> {
    let projects = election.budget().projects();
    let total = election.budget().total().minor();
    let wanted: Vec<u32> = Profile::new(election, utility).payable();
    let step = whole(100);
    let mut share = whole(u128::from(total)) / whole(election.ballots().len() as u128);
    let mut before = Vec::new();
    loop {
        let bought: Vec<u32> = naive(election, utility, &share)
            .into_iter()
            .map(|(at, _)| at)
            .collect();
        let cost: u64 = bought
            .iter()
            .map(|p| projects[*p as usize].cost.minor())
            .sum();
        if cost > total {
            return before;
        }
        let fits = |p: &u32| cost + projects[*p as usize].cost.minor() <= total;
        if !wanted.iter().any(|p| !bought.contains(p) && fits(p)) {
            return bought;
        }
        before = bought;
        share += &step;
    }
}

/// Few different costs and points, so that ties abound.
fn elections() -> impl Strategy<Value = Election> {
    let costs = proptest::collection::vec(
        prop_oneof![Just(0), Just(5_000), Just(10_000), 1_u64..30_000],
        1..8,
    );
    (costs, 1_000_u64..60_000).prop_flat_map(|(costs, total)| {
        let points = prop_oneof![3 => Just(1), 1 => -1..4_i32, 1 => 1..1_000_000_i32];
        let choice = (0..costs.len(), points);
        let ballot = proptest::collection::vec(choice, 0..6).prop_map(|mut choices| {
            choices.sort_unstable();
            choices.dedup_by_key(|c| c.0);
            choices
        });
        proptest::collection::vec(ballot, 1..20)
            .prop_map(move |ballots| election(total, &costs, &ballots))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_run_buys_what_the_definition_buys_at_the_same_exact_rates(
        election in elections(),
        utility in proptest::sample::select(Utility::ALL.to_vec()),
    ) {
        let profile = Profile::new(&election, utility);
        let share = share(&profile, election.budget().total().minor(), 0);
        let expected = naive(&election, utility, &share);
        let ledger = Runner::new(&profile).run(vec![share], None).expect("one share");
        let made: Vec<_> =
            (0..ledger.picks.len()).map(|at| (ledger.picks[at].project, ledger.rate(at).remove(0))).collect();
        prop_assert_eq!(made, expected);
    }

    #[test]
    fn nobody_pays_more_than_their_share_and_all_pay_exactly_the_cost(
        election in elections(),
        utility in proptest::sample::select(Utility::ALL.to_vec()),
    ) {
        let profile = Profile::new(&election, utility);
        let share = share(&profile, election.budget().total().minor(), 0);
        let ledger = Runner::new(&profile).run(vec![share.clone()], None).expect("one share");
        let drained: Vec<u32> =
            ledger.picks.iter().flat_map(|p| p.drained.iter().copied()).collect();
        let mut left = BigRational::zero();
        for kind in (0u32..).take(profile.kinds.len()).filter(|k| !drained.contains(k)) {
            let of_kind = ledger.left([kind], ledger.picks.len()).remove(0);
            prop_assert!(of_kind >= BigRational::zero());
            left += of_kind;
        }
        let spent: u64 = ledger.picks.iter().map(|p| profile.projects[p.project as usize].cost).sum();
        prop_assert_eq!(share * whole(u128::from(profile.voters)) - left, whole(u128::from(spent)));
    }

    #[test]
    fn add_one_ends_where_every_single_step_would_end(
        election in elections(),
        utility in proptest::sample::select(Utility::ALL.to_vec()),
    ) {
        let made = equal_shares(&election, utility, true).funded;
        let free = Profile::new(&election, utility).free();
        prop_assert_eq!(&made[free.len()..], &naive_raised(&election, utility)[..]);
    }
}

#[test]
fn a_tie_that_floats_cannot_see_goes_to_the_lower_id() {
    // Thirds: p1 and p0 both cost 100 of three voters; worth the same to all.
    let ballots: Vec<Vec<(usize, i32)>> = vec![vec![(0, 1), (1, 1)]; 3];
    let election = election(200, &[100, 100], &ballots);
    let funded = equal_shares(&election, Utility::Cost, false).funded;
    assert_eq!(funded, [0, 1]);
}

#[test]
fn a_project_that_takes_the_last_penny_of_every_supporter_is_bought() {
    let election = election(
        300,
        &[100, 200],
        &[vec![(0, 1)], vec![(1, 1)], vec![(1, 1)]],
    );
    let profile = Profile::new(&election, Utility::Cardinality);
    let ledger = Runner::new(&profile)
        .run(vec![share(&profile, 300, 0)], None)
        .expect("one share");
    assert_eq!(ledger.picks.len(), 2);
    assert!(ledger.rate(0) == [whole(100)] && ledger.rate(1) == [whole(100)]);
}

#[test]
fn a_share_that_must_rise_by_many_millions_is_found_without_making_every_step() {
    // Everybody wants the two tied small ones; one voter alone wants the dear one, which fits.
    let dear = 90_000_000_000;
    let ballots = [vec![vec![(0, 1), (1, 1)]; 9], vec![vec![(2, 1)]]].concat();
    let election = election(100_000_000_000, &[700, 700, dear], &ballots);
    let made = equal_shares(&election, Utility::Cost, true);
    assert_eq!(made.funded, [0, 1, 2]);
    assert_eq!(made.added, (dear - 100_000_000_000 / 10) / 100);
}

//! What holds of every poll: its ballots, its published list, its count.

use crate::code::Code;
use crate::made_up;
use crate::poll::list::{ListRefused, ListedBallot, commitment};
use crate::poll::model::BudgetForm;
use crate::poll::{BallotList, BallotRefused, Choice, Choices, Method, Poll, count, marks};
use crate::vote::{ranked, tally};
use proptest::prelude::*;

const ADDRESS: &str = "/consultations/parks/polls/1";
const TOTAL: u64 = 5_000_000;

fn poll(method: Method) -> Poll {
    let budget = matches!(method, Method::Budget { .. });
    let mut poll = made_up::poll(method, &["One", "Two", "Three", "Four", "Five"]);
    for option in poll.options.iter_mut().filter(|_| budget) {
        option.cost = Some(700_000 * u64::try_from(option.position).unwrap());
    }
    poll
}

fn methods() -> Vec<Method> {
    let budget = |form| Method::Budget {
        total: TOTAL,
        form,
        rule: "mes-add1".to_owned(),
    };
    vec![
        Method::Points {
            form: tally::Rule::Approval { most: Some(3) },
            seats: 2,
        },
        Method::Points {
            form: tally::Rule::Score { top: 5 },
            seats: 1,
        },
        Method::Points {
            form: tally::Rule::Dot {
                points: 7,
                most_each: Some(4),
            },
            seats: 1,
        },
        Method::Ranked {
            rule: ranked::Rule::Irv,
            seats: 1,
        },
        Method::Ranked {
            rule: ranked::Rule::Schulze,
            seats: 1,
        },
        budget(BudgetForm::Knapsack),
        budget(BudgetForm::Approval { most: None }),
        budget(BudgetForm::Score { top: 5 }),
        budget(BudgetForm::Cumulative { points: 10 }),
        budget(BudgetForm::Ordinal { most: Some(3) }),
    ]
}

/// Marks as anybody may send them.
fn sent() -> impl Strategy<Value = Vec<Choice>> {
    let mark = (0..7_i32, 0..8_u32).prop_map(|(option, value)| Choice { option, value });
    proptest::collection::vec(mark, 0..6)
}

/// Ballots within the rules of a poll, by what of the marks is taken.
fn ballots(poll: &Poll, sent: &[Vec<Choice>]) -> Vec<Choices> {
    let mut taken: Vec<Choices> = sent.iter().filter_map(|m| poll.choices(m).ok()).collect();
    // At least one that marks something.
    taken.push(
        poll.choices(&[Choice {
            option: 2,
            value: 1,
        }])
        .unwrap(),
    );
    taken
}

fn list(poll: &Poll, ballots: &[Choices]) -> BallotList {
    let listed = ballots
        .iter()
        .enumerate()
        .map(|(n, choices)| ListedBallot {
            commitment: commitment(ADDRESS, &Code::typed(&format!("CODE-{n}")), choices),
            choices: choices.text(),
            set_aside: n % 5 == 4,
        })
        .collect();
    BallotList::new(ADDRESS, poll, listed)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_ballot_that_was_made_is_within_its_poll_and_its_text_makes_it_again(
        sent in proptest::collection::vec(sent(), 1..8)
    ) {
        for method in methods() {
            let poll = poll(method);
            for choices in ballots(&poll, &sent) {
                let text = choices.text();
                let again = poll.choices(&marks(&text).unwrap()).unwrap();
                prop_assert_eq!(&again, &choices);
                if let Method::Budget { form: BudgetForm::Knapsack, .. } = poll.method {
                    prop_assert!(poll.cost(choices.marks()) <= TOTAL);
                }
                for mark in choices.marks() {
                    prop_assert!(poll.option(mark.option).is_some() && mark.value > 0);
                }
            }
        }
    }

    #[test]
    fn the_order_of_ballots_changes_neither_list_nor_result(
        (sent, shuffled) in proptest::collection::vec(sent(), 1..12)
            .prop_flat_map(|sent| (Just(sent.clone()), Just(sent).prop_shuffle()))
    ) {
        for method in methods() {
            let poll = poll(method);
            // The same ballots under the same codes, in another order.
            let whole = list(&poll, &ballots(&poll, &sent));
            let mut turned = whole.ballots.clone();
            turned.reverse();
            prop_assert_eq!(&BallotList::new(ADDRESS, &poll, turned), &whole);
            let one = count(&list(&poll, &plain(&poll, &sent)), true);
            let other = count(&list(&poll, &plain(&poll, &shuffled)), true);
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn a_published_list_comes_back_from_its_file_and_every_voter_finds_their_ballot(
        sent in proptest::collection::vec(sent(), 1..8)
    ) {
        for method in methods() {
            let poll = poll(method);
            let ballots = ballots(&poll, &sent);
            let whole = list(&poll, &ballots);
            prop_assert_eq!(whole.check(), Ok(()));
            let text = serde_json::to_string(&whole).unwrap();
            let again: BallotList = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&again, &whole);
            prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
            for (n, choices) in ballots.iter().enumerate() {
                let (_, found) = whole.find(&Code::typed(&format!("code {n}"))).unwrap();
                prop_assert_eq!(&found.choices, &choices.text());
            }
            prop_assert!(whole.find(&Code::typed("another")).is_none());
        }
    }
}

/// All marked ballots, whatever their order: those set aside by their place would differ.
fn plain(poll: &Poll, sent: &[Vec<Choice>]) -> Vec<Choices> {
    ballots(poll, sent)
}

#[test]
fn a_ballot_over_budget_over_its_points_or_with_a_gap_is_refused_and_never_cut() {
    let mark = |option, value| Choice { option, value };
    let knapsack = poll(methods().remove(5));
    assert_eq!(
        knapsack.choices(&[mark(4, 1), mark(5, 1)]),
        Err(BallotRefused::OverBudget {
            cost: 6_300_000,
            total: TOTAL
        })
    );
    let dots = poll(methods().remove(2));
    assert_eq!(
        dots.choices(&[mark(1, 4), mark(2, 4)]),
        Err(BallotRefused::TooManyPoints { given: 8, most: 7 })
    );
    let ranks = poll(methods().remove(3));
    assert_eq!(
        ranks.choices(&[mark(1, 1), mark(2, 3)]),
        Err(BallotRefused::Ranks { rank: 2 })
    );
    assert_eq!(
        ranks.choices(&[mark(9, 1)]),
        Err(BallotRefused::NotOnThePaper)
    );
}

#[test]
fn a_list_with_another_seed_or_order_is_refused() {
    let poll = poll(methods().remove(0));
    let whole = list(&poll, &ballots(&poll, &[vec![], vec![]]));
    let mut other = whole.clone();
    other.seed.push('!');
    assert_eq!(other.check(), Err(ListRefused::Seed));
    let mut other = whole.clone();
    other.ballots.swap(0, 1);
    assert_eq!(other.check(), Err(ListRefused::Order { place: 2 }));
    let mut other = whole;
    other.format = "another".to_owned();
    assert_eq!(other.check(), Err(ListRefused::Format));
}

//! Ballots that look as if a script had cast them, found while a poll is open and before the list is
//! published.
//!
//! The rules are those of `vote::stuffing` that look at where ballots came from: a flood from one
//! network on one day, or a crowd of one mind from one network on whatever days. Not its rule on
//! copies: many people mark the same few options. Invariant: nothing is removed; the result is shown
//! with and without. A network of nearly all ballots says nothing (a proxy that hides where people
//! come from), and no ballot is set aside for it.

use std::collections::{BTreeSet, HashMap};

use super::ballot::marks;
use super::model::{BudgetForm, Method, Poll};
use crate::vote::stuffing::{Voter, crowds_of_one_mind, floods};

/// A network with more than this share of the ballots, in percent, is no source.
const NEARLY_ALL: usize = 90;

/// Where a ballot came from, as far as that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The day, counted from any.
    pub day: u32,
    /// What stands for the network, the same on every day.
    pub network: u64,
}

/// The places in `ballots` of those to set aside. A ballot is where it came from, if that is known,
/// and the text of its choices.
pub fn set_aside(poll: &Poll, ballots: &[(Option<Origin>, &str)]) -> BTreeSet<usize> {
    let mut sizes: HashMap<u64, usize> = HashMap::new();
    for origin in ballots.iter().filter_map(|(origin, _)| *origin) {
        *sizes.entry(origin.network).or_default() += 1;
    }
    let tells = |origin: &Origin| {
        sizes
            .get(&origin.network)
            .is_some_and(|size| size * 100 <= ballots.len() * NEARLY_ALL)
    };
    let seen = |day: fn(Origin) -> u32| -> Vec<Voter> {
        (0..)
            .zip(ballots)
            .map(|(id, (origin, choices))| Voter {
                id,
                source: origin
                    .filter(tells)
                    .map(|origin| (day(origin), origin.network)),
                read: true,
                votes: answers(poll, choices),
            })
            .collect()
    };
    // Hundreds from the network of a mobile carrier within weeks are nobody's doing; on one day they
    // are. Of one mind against everybody else they are on any.
    floods(&seen(|origin| origin.day))
        .into_iter()
        .chain(crowds_of_one_mind(&seen(|_| 0)))
        .filter_map(|id| usize::try_from(id).ok())
        .collect()
}

/// Each option with what the ballot says of it: 1 for chosen or ranked first, 0 for a later rank,
/// −1 for not marked.
fn answers(poll: &Poll, choices: &str) -> Vec<(i64, i8)> {
    let ranked = matches!(
        poll.method,
        Method::Ranked { .. }
            | Method::Budget {
                form: BudgetForm::Ordinal { .. },
                ..
            }
    );
    let marked = marks(choices).unwrap_or_default();
    poll.options
        .iter()
        .map(|one| {
            let mark = marked.iter().find(|mark| mark.option == one.position);
            let value = match mark {
                None => -1,
                Some(mark) if ranked && mark.value > 1 => 0,
                Some(_) => 1,
            };
            (i64::from(one.position), value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up;
    use crate::vote::tally;

    fn poll() -> Poll {
        let method = Method::Points {
            form: tally::Rule::Approval { most: None },
            seats: 1,
        };
        made_up::poll(method, &["One", "Two", "Three", "Four"])
    }

    fn on(day: u32, network: u64) -> Option<Origin> {
        Some(Origin { day, network })
    }

    /// One of four options, in turn; every household has a network of its own.
    fn genuine(n: u64) -> Vec<(Option<Origin>, &'static str)> {
        (0..n)
            .map(|i| {
                let choice = ["1:1", "2:1", "3:1 4:1", "1:1 4:1"]
                    .get((i % 4) as usize)
                    .copied()
                    .unwrap_or_default();
                (on(0, 1_000 + i / 2), choice)
            })
            .collect()
    }

    #[test]
    fn a_later_rank_is_less_than_the_first_and_a_mark_is_a_mark() {
        let approval = answers(&poll(), "2:1 3:5");
        assert_eq!(approval, [(1, -1), (2, 1), (3, 1), (4, -1)]);
        let ranked = Poll {
            method: Method::Ranked {
                rule: crate::vote::ranked::Rule::Irv,
                seats: 1,
            },
            ..poll()
        };
        let ranks = answers(&ranked, "1:2 2:1 3:3");
        assert_eq!(ranks, [(1, 0), (2, 1), (3, 0), (4, -1)]);
    }

    #[test]
    fn ballots_from_few_addresses_among_genuine_ones_are_set_aside_and_hardly_another() {
        let mut ballots = genuine(17_000);
        ballots.extend((0..18_000).map(|i| (on(0, i % 6), "2:1")));
        ballots.extend((0..7_000).map(|_| (on(0, 99), "2:1")));
        let aside = set_aside(&poll(), &ballots);
        let caught = aside.iter().filter(|place| **place >= 17_000).count();
        assert_eq!(caught, 25_000);
        assert_eq!(aside.len() - caught, 0);
    }

    #[test]
    fn a_small_crowd_of_one_mind_is_set_aside_and_a_library_is_not() {
        let mut ballots = genuine(200);
        ballots.extend((0..40).map(|_| (on(0, 7), "2:1")));
        let library: Vec<_> = genuine(60)
            .into_iter()
            .map(|(_, c)| (on(0, 8), c))
            .collect();
        ballots.extend(library);
        let aside = set_aside(&poll(), &ballots);
        assert_eq!(aside, (200..240).collect());
    }

    #[test]
    fn a_proxy_that_hides_everybody_and_unknown_sources_set_nobody_aside() {
        let hidden: Vec<_> = (0..500).map(|_| (on(0, 1), "1:1")).collect();
        assert!(set_aside(&poll(), &hidden).is_empty());
        let unknown: Vec<_> = (0..500).map(|_| (None, "1:1")).collect();
        assert!(set_aside(&poll(), &unknown).is_empty());
    }
    #[test]
    fn a_mobile_network_of_many_days_is_left_alone_and_a_slow_script_of_one_mind_is_not() {
        let mut ballots = genuine(2_000);
        let carrier = genuine(1_000).into_iter().zip(0_u32..);
        ballots.extend(carrier.map(|((_, choice), i)| (on(i % 10, 5), choice)));
        assert!(set_aside(&poll(), &ballots).is_empty());
        // A few a day, and in the end more than a flood.
        ballots.extend((0..400).map(|i| (on(i % 20, 6), "2:1")));
        assert_eq!(set_aside(&poll(), &ballots), (3_000..3_400).collect());
        // On one day the same carrier is a flood, whatever it says.
        let crowd = genuine(301)
            .into_iter()
            .map(|(_, choice)| (on(30, 5), choice));
        ballots.extend(crowd);
        assert_eq!(set_aside(&poll(), &ballots), (3_000..3_701).collect());
    }
}

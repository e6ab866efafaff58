//! Ballots that look as if a script had cast them, found before the list is published.
//!
//! The rules are those of `vote::stuffing` that look at where ballots came from: a flood from one
//! source, or a crowd of one mind from one source. Not its rule on copies: many people mark the
//! same few options. Invariant: nothing is removed; the result is shown with and without. A source
//! of nearly all ballots says nothing (a proxy that hides where people come from), and no ballot is
//! set aside for it.

use std::collections::{BTreeSet, HashMap};

use super::ballot::marks;
use super::model::{BudgetForm, Method, Poll};
use crate::vote::stuffing::{Flag, Voter, flags};

/// A source with more than this share of the ballots, in percent, is no source.
const NEARLY_ALL: usize = 90;

/// The places in `ballots` of those to set aside. A ballot is where it came from, if that is known,
/// and the text of its choices.
pub fn set_aside(poll: &Poll, ballots: &[(Option<u64>, &str)]) -> BTreeSet<usize> {
    let mut sizes: HashMap<u64, usize> = HashMap::new();
    for source in ballots.iter().filter_map(|(source, _)| *source) {
        *sizes.entry(source).or_default() += 1;
    }
    let tells = |source: &u64| {
        sizes
            .get(source)
            .is_some_and(|size| size * 100 <= ballots.len() * NEARLY_ALL)
    };
    let voters: Vec<Voter> = (0..)
        .zip(ballots)
        .map(|(id, (source, choices))| Voter {
            id,
            source: source.filter(tells).map(|source| (0, source)),
            read: true,
            votes: answers(poll, choices),
        })
        .collect();
    flags(&voters)
        .into_iter()
        .filter(|(_, flag)| matches!(flag, Flag::Flood | Flag::OneMind))
        .filter_map(|(id, _)| usize::try_from(id).ok())
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

    /// One of four options, in turn; every household has a source of its own.
    fn genuine(n: u64) -> Vec<(Option<u64>, &'static str)> {
        (0..n)
            .map(|i| {
                let choice = ["1:1", "2:1", "3:1 4:1", "1:1 4:1"]
                    .get((i % 4) as usize)
                    .copied()
                    .unwrap_or_default();
                (Some(1_000 + i / 2), choice)
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
        ballots.extend((0..18_000).map(|i| (Some(i % 6), "2:1")));
        ballots.extend((0..7_000).map(|_| (Some(99), "2:1")));
        let aside = set_aside(&poll(), &ballots);
        let caught = aside.iter().filter(|place| **place >= 17_000).count();
        assert_eq!(caught, 25_000);
        assert_eq!(aside.len() - caught, 0);
    }

    #[test]
    fn a_small_crowd_of_one_mind_is_set_aside_and_a_library_is_not() {
        let mut ballots = genuine(200);
        ballots.extend((0..40).map(|_| (Some(7), "2:1")));
        let library: Vec<_> = genuine(60).into_iter().map(|(_, c)| (Some(8), c)).collect();
        ballots.extend(library);
        let aside = set_aside(&poll(), &ballots);
        assert_eq!(aside, (200..240).collect());
    }

    #[test]
    fn a_proxy_that_hides_everybody_and_unknown_sources_set_nobody_aside() {
        let hidden: Vec<_> = (0..500).map(|_| (Some(1), "1:1")).collect();
        assert!(set_aside(&poll(), &hidden).is_empty());
        let unknown: Vec<_> = (0..500).map(|_| (None, "1:1")).collect();
        assert!(set_aside(&poll(), &unknown).is_empty());
    }
}

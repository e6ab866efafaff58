//! Releases, and an attack on them that tries every state of the world.

use std::collections::HashMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::table::{Small, Table, released};
use super::*;
use crate::insight::disclosure::Shown::{Count, Hidden};

fn people(number: u64) -> People {
    People::counted(number)
}

fn rows(counts: &[u64]) -> Vec<(String, People)> {
    counts
        .iter()
        .enumerate()
        .map(|(place, count)| (format!("row {place}"), people(*count)))
        .collect()
}

fn table(counts: &[u64], small: Small) -> Table {
    Table {
        total: people(counts.iter().sum()),
        rows: rows(counts),
        small,
    }
}

const MERGE: Small = Small::Merge { others: "others" };

fn shown(counts: &[u64], small: Small) -> Vec<(Shown, u64)> {
    let mut lines = released(vec![table(counts, small)]);
    let lines = lines.pop().expect("a table");
    lines
        .into_iter()
        .map(|line| (line.count, line.merges))
        .collect()
}

#[test]
fn small_categories_become_one_until_none_can_be_told() {
    // Nothing small, nothing to merge.
    assert_eq!(shown(&[40, 13], MERGE), [(Count(40), 0), (Count(15), 0)]);
    // The smallest of the others goes with them.
    assert_eq!(
        shown(&[40, 4, 4, 4, 30], MERGE),
        [(Count(40), 0), (Count(40), 4)]
    );
    assert_eq!(
        shown(&[40, 8, 8, 30], MERGE),
        [(Count(40), 0), (Count(45), 3)]
    );
    assert_eq!(shown(&[40, 1, 30], MERGE), [(Count(40), 0), (Count(30), 2)]);
    // Where only one would be left beside them, nothing is shown but the total.
    assert_eq!(shown(&[40, 1], MERGE), []);
    assert_eq!(shown(&[1, 2, 3], MERGE), []);
}

#[test]
fn numbers_of_a_scale_are_hidden_where_they_stand_and_nought_like_any() {
    assert_eq!(
        shown(&[0, 0, 20, 30, 40], Small::Hide),
        [
            (Hidden, 0),
            (Hidden, 0),
            (Hidden, 0),
            (Count(30), 0),
            (Count(40), 0)
        ]
    );
    // The one that joins is at most 12, so what is left of the total would tell of the other.
    assert_eq!(shown(&[12, 12, 9], Small::Hide), []);
    assert_eq!(
        shown(&[6, 100, 200], Small::Hide),
        [(Hidden, 0), (Hidden, 0), (Count(200), 0)]
    );
}

#[test]
fn a_release_waits_for_ten_more_and_another_day_and_ends_with_the_last() {
    let monday = date(2026, 11, 23);
    let tuesday = date(2026, 11, 24);
    assert!(!is_due(None, people(9), monday, false));
    assert!(is_due(None, people(10), monday, false));
    let last = Last {
        on: monday,
        people: people(10),
        complete: false,
    };
    assert!(!is_due(Some(&last), people(400), monday, false));
    assert!(!is_due(Some(&last), people(19), tuesday, false));
    assert!(is_due(Some(&last), people(20), tuesday, false));
    // At the close, whoever came; and never again.
    assert!(is_due(Some(&last), people(11), monday, true));
    let closed = Last {
        complete: true,
        ..last
    };
    assert!(!is_due(Some(&closed), people(400), tuesday, true));
    assert!(!is_due(None, people(0), monday, true));
    assert!(is_due(None, people(1), monday, true));
}

#[test]
fn days_become_weeks_until_every_bar_passes() {
    let day = |n: i8, count: u64| (date(2026, 6, n), people(count));
    let spans = |days: &[(Date, People)]| -> Vec<(i8, i8, Shown)> {
        let periods = periods(days);
        periods
            .iter()
            .map(|one| (one.first.day(), one.last.day(), one.count))
            .collect()
    };
    assert_eq!(
        spans(&[day(1, 12), day(2, 33)]),
        [(1, 1, Count(10)), (2, 2, Count(35))]
    );
    assert_eq!(
        spans(&[day(1, 12), day(2, 1), day(8, 30)]),
        [(1, 7, Count(15)), (8, 8, Count(30))]
    );
    // One bar would be the total.
    assert_eq!(spans(&[day(1, 50)]), []);
    assert_eq!(spans(&[day(1, 50), day(20, 1)]), []);
}

#[test]
fn while_more_can_come_only_how_many_is_said() {
    let so_far = ReleasedResponses::so_far(people(123));
    assert_eq!(so_far.responses, Count(125));
    assert!(so_far.wards.is_empty() && so_far.periods.is_empty() && so_far.questions.is_empty());
}

#[test]
fn wards_stand_by_what_is_shown_of_them_and_the_merged_ones_last() {
    let counts = Counts {
        responses: people(100),
        wards: vec![
            ("Brook".to_owned(), people(31)),
            ("Ash".to_owned(), people(29)),
            ("Cole".to_owned(), people(3)),
            ("Dale".to_owned(), people(2)),
            ("Elm".to_owned(), people(35)),
            ("Firs".to_owned(), people(0)),
        ],
        ..Counts::default()
    };
    let released = ReleasedResponses::complete(counts);
    let said: Vec<(&str, Shown, u64)> = released
        .wards
        .iter()
        .map(|line| (line.label.as_str(), line.count, line.merges))
        .collect();
    // Ash, the smallest of the others, is with Cole, Dale and Firs.
    assert_eq!(
        said,
        [
            ("Elm", Count(35), 0),
            ("Brook", Count(30), 0),
            ("other wards", Count(35), 4),
        ]
    );
}

/// What each release leaves possible for each category: the least and the most.
type Known = HashMap<Vec<(Shown, u64)>, Vec<(u64, u64)>>;

/// Somebody who knows the rules, and every table that could be, learns of no small category whether
/// it is from one to nine.
#[test]
fn somebody_who_tries_every_world_learns_no_small_number() {
    for small in [MERGE, Small::Hide] {
        let most = 34_u64;
        let mut known: Known = HashMap::new();
        for one in 0..=most {
            for two in 0..=most {
                for three in 0..=most {
                    let world = [one, two, three];
                    let ranges = known
                        .entry(shown(&world, small))
                        .or_insert_with(|| vec![(u64::MAX, 0); 3]);
                    for (range, count) in ranges.iter_mut().zip(world) {
                        *range = (range.0.min(count), range.1.max(count));
                    }
                }
            }
        }
        for (shown, ranges) in &known {
            // Worlds with more people than are tried here would be released alike.
            if ranges.iter().any(|(_, high)| *high == most) {
                continue;
            }
            for (low, high) in ranges {
                let betrayed = *low >= 1 && *high <= 9 || high - low < 4 && *low < 10;
                assert!(!betrayed, "{small:?} {shown:?} {ranges:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_small_count_is_shown_and_what_is_shown_is_by_the_rule(
        counts in proptest::collection::vec(0_u64..60, 1..12)
    ) {
        for small in [MERGE, Small::Hide, Small::HideOverlapping] {
            for (count, merges) in shown(&counts, small) {
                match count {
                    Count(number) => prop_assert!(number >= 10 && number % 5 == 0),
                    Hidden => prop_assert!(small != MERGE && merges == 0),
                }
            }
        }
    }
}

/// The same of two tables of the same people.
#[test]
fn somebody_who_tries_every_world_learns_no_small_number_of_two_tables_together() {
    let most = 26_u64;
    let mut known: Known = HashMap::new();
    let mut tried = |a: [u64; 2], b: [u64; 3]| {
        let tables = vec![table(&a, MERGE), table(&b, Small::Hide)];
        let lines = released(tables).into_iter().flat_map(|mut lines| {
            // Where one table ends.
            lines.push(Line {
                label: String::new(),
                count: Count(0),
                merges: 0,
            });
            lines
        });
        let key = lines.map(|line| (line.count, line.merges)).collect();
        let ranges = known.entry(key).or_insert_with(|| vec![(u64::MAX, 0); 5]);
        for (range, count) in ranges.iter_mut().zip(a.into_iter().chain(b)) {
            *range = (range.0.min(count), range.1.max(count));
        }
    };
    for first in 0..=most {
        for second in 0..=most {
            let total = first + second;
            for one in 0..=total.min(most) {
                for two in 0..=(total - one).min(most) {
                    tried([first, second], [one, two, total - one - two]);
                }
            }
        }
    }
    for (shown, ranges) in &known {
        if ranges.iter().any(|(_, high)| *high >= most) {
            continue;
        }
        for (low, high) in ranges {
            assert!(!(*low >= 1 && *high <= 9), "{shown:?} {ranges:?}");
        }
    }
}

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
        of: TableOf::All,
        rows: rows(counts),
        small,
    }
}

const MERGE: Small = Small::Merge { others: "others" };

fn shown(counts: &[u64], small: Small) -> Vec<(Shown, u64)> {
    let all = people(counts.iter().sum());
    let mut lines = released(all, &[table(counts, small)]);
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

fn counted(number: u64) -> Counted {
    Counted {
        people: people(number),
        ..Counted::default()
    }
}

#[test]
fn a_release_waits_for_ten_more_and_another_day_and_ends_with_the_last() {
    let of = Of::Responses(ConsultationId(1));
    let monday = date(2026, 11, 23);
    let tuesday = date(2026, 11, 24);
    assert!(!is_due(of, None, counted(9), monday, false));
    assert!(is_due(of, None, counted(10), monday, false));
    let last = Last {
        on: monday,
        counted: counted(10),
        complete: false,
    };
    let due = |now, day, complete| is_due(of, Some(&last), now, day, complete);
    assert!(!due(counted(400), monday, false));
    assert!(!due(counted(19), tuesday, false));
    assert!(due(counted(20), tuesday, false));
    // At the close, whoever came, and if nobody did; and never again.
    assert!(due(counted(11), monday, true));
    for nobody_or_one in [0, 1] {
        assert!(is_due(of, None, counted(nobody_or_one), monday, true));
    }
    let closed = Last {
        complete: true,
        ..last
    };
    assert!(!is_due(of, Some(&closed), counted(400), tuesday, true));
    // Numbers of concerns stand in tables each time: once in four weeks.
    let of = Of::Concerns(AreaId(1));
    let after = |days: i64| monday.checked_add(days.days()).expect("a day");
    assert!(!is_due(of, Some(&last), counted(400), after(27), false));
    assert!(is_due(of, Some(&last), counted(400), after(28), false));
}

#[test]
fn whoever_is_set_aside_or_let_back_moves_a_release_as_whoever_comes() {
    let of = Of::Votes(ConsultationId(1));
    let (monday, tuesday) = (date(2026, 11, 23), date(2026, 11, 24));
    let of_both = |number, set_aside| Counted {
        people: people(number),
        aside: people(set_aside),
    };
    let last = Last {
        on: monday,
        counted: of_both(100, 0),
        complete: false,
    };
    let due = |now| is_due(of, Some(&last), now, tuesday, false);
    assert!(due(of_both(45, 60)), "sixty of them looked like a program");
    assert!(due(of_both(100, 40)), "as many came as were set aside");
    assert!(!due(of_both(104, 5)));
    // After the close it is moved on again only where the votes are public, before or now.
    let closed = |number| Last {
        counted: of_both(number, 0),
        complete: true,
        on: monday,
    };
    assert!(is_due_again(&closed(25), of_both(15, 10), 20));
    assert!(is_due_again(&closed(15), of_both(25, 0), 20));
    assert!(!is_due_again(&closed(15), of_both(14, 1), 20));
    assert!(!is_due_again(&last, of_both(400, 0), 20));
}

#[test]
fn days_become_weeks_until_every_bar_passes() {
    let day = |n: i8, count: u64| (date(2026, 6, n), people(count));
    let spans = |days: &[(Date, People)]| -> Vec<(i8, i8, Shown)> {
        let all = days
            .iter()
            .fold(People::default(), |sum, (_, people)| sum.and(*people));
        with_periods(all, &[], days)
            .0
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
fn periods_that_would_tell_of_a_table_are_not_shown() {
    // Four days of twelve are at most 48, and the total at least that: then the wards would be exact.
    let days: Vec<(Date, People)> = (1..=4).map(|n| (date(2026, 6, n), people(12))).collect();
    let wards = [10, 10, 10, 10, 4, 4];
    let counts = Counts {
        responses: people(48),
        days,
        wards: rows(&wards),
        ..Counts::default()
    };
    let released = ReleasedResponses::complete(counts);
    assert!(
        released.periods.is_empty() || released.wards.is_empty(),
        "{released:?}"
    );
    assert!(!released.wards.is_empty(), "{released:?}");
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
            ("other wards, or not said", Count(35), 4),
        ]
    );
}

/// Everything that is published, as somebody reads it.
type Reading = Vec<Vec<(String, Shown, u64)>>;

fn reading(all: u64, tables: &[Table]) -> Reading {
    let shown = PUBLIC.people(people(all));
    let mut read: Reading = released(people(all), tables)
        .into_iter()
        .map(|lines| {
            lines
                .into_iter()
                .map(|line| (line.label, line.count, line.merges))
                .collect()
        })
        .collect();
    read.push(vec![(String::new(), shown, 0)]);
    for table in tables {
        if let TableOf::Some(answered) = table.of {
            read.push(vec![(String::new(), PUBLIC.people(answered), 0)]);
        }
    }
    read
}

/// What each reading leaves possible for each category: the least and the most.
#[derive(Default)]
struct Known(HashMap<Reading, Vec<(u64, u64)>>);

impl Known {
    fn tried(&mut self, read: Reading, world: &[u64]) {
        let ranges = self
            .0
            .entry(read)
            .or_insert_with(|| vec![(u64::MAX, 0); world.len()]);
        for (range, count) in ranges.iter_mut().zip(world) {
            *range = (range.0.min(*count), range.1.max(*count));
        }
    }

    /// Of no category that may be small is it known which small number it is, nor that it is one from
    /// one to nine: as many numbers stay possible as the threshold. `most` is the most that was tried.
    fn betrays_nothing(&self, most: u64) {
        for (read, ranges) in &self.0 {
            // Worlds with more people than are tried here would be released alike.
            if ranges.iter().any(|(_, high)| *high >= most) {
                continue;
            }
            for (low, high) in ranges {
                let small = *low < PUBLIC.threshold;
                let within = *low >= 1 && *high < PUBLIC.threshold;
                let narrow = high - low + 1 < PUBLIC.threshold;
                assert!(!(small && (within || narrow)), "{read:?} {ranges:?}");
            }
        }
    }
}

#[test]
fn somebody_who_tries_every_world_learns_no_small_number() {
    for small in [MERGE, Small::Hide] {
        let most = 34_u64;
        let mut known = Known::default();
        for one in 0..=most {
            for two in 0..=most {
                for three in 0..=most {
                    let world = [one, two, three];
                    let all = world.iter().sum();
                    known.tried(reading(all, &[table(&world, small)]), &world);
                }
            }
        }
        known.betrays_nothing(most);
    }
}

/// The same of two tables of the same people.
#[test]
fn somebody_who_tries_every_world_learns_no_small_number_of_two_tables_together() {
    let most = 26_u64;
    let mut known = Known::default();
    for first in 0..=most {
        for second in 0..=most {
            let all = first + second;
            for one in 0..=all.min(most) {
                for two in 0..=(all - one).min(most) {
                    let (a, b) = ([first, second], [one, two, all - one - two]);
                    let tables = [table(&a, MERGE), table(&b, Small::Hide)];
                    known.tried(reading(all, &tables), &[&a[..], &b].concat());
                }
            }
        }
    }
    known.betrays_nothing(most);
}

/// The same of a question that some left out, and of one with several answers.
#[test]
fn somebody_who_tries_every_world_learns_no_small_number_of_a_question() {
    let most = 26_u64;
    let mut scale = Known::default();
    let mut several = Known::default();
    for one in 0..=most {
        for two in 0..=most {
            for three in 0..=most {
                let world = [one, two, three];
                let answered: u64 = world.iter().sum();
                let of_some = Table {
                    of: TableOf::Some(people(answered)),
                    ..table(&world, Small::Hide)
                };
                for left_out in 0..=most {
                    let read = reading(answered + left_out, std::slice::from_ref(&of_some));
                    scale.tried(read, &world);
                }
            }
            // Everybody who answered gave one of two answers at least.
            for answered in one.max(two)..=one + two {
                let world = [one, two];
                let of_some = Table {
                    of: TableOf::Some(people(answered)),
                    ..table(&world, Small::HideOverlapping)
                };
                several.tried(reading(answered, &[of_some]), &world);
            }
        }
    }
    scale.betrays_nothing(most);
    several.betrays_nothing(most);
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

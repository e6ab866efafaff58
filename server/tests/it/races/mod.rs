//! Two people, two clicks, two processes at one moment: every use case against every other, on both
//! databases.
//!
//! The use cases come from the list of them ([`list`]), so that a new one is tried without being named
//! here; it fails until its slice has an example of it ([`samples`]). A run of the tests tries a sample
//! of the pairs, another one each day, and those that have gone wrong before; all of them are tried, and
//! the table printed, with `SOUNDINGS_RACES=all` (`cargo xtask races`).

mod gate;
mod list;
mod pair;
mod samples;
mod state;
mod world;

use std::collections::BTreeMap;

use pair::{Verdict, pair};
use samples::Sample;
use world::World;

/// Pairs of the daily sample.
const SAMPLE: usize = 12;

/// Pairs that went wrong once, and stay.
const REMEMBERED: [(&str, &str); 16] = [
    ("approve", "send_back"),
    ("approve", "approve"),
    ("publish", "send_back"),
    ("publish_answers", "change_theme"),
    ("publish_answers", "add_theme"),
    ("decide", "decide"),
    ("decide", "add_theme"),
    ("add_poll", "add_poll"),
    ("answer_concern", "answer_concern"),
    ("change_about", "change_about"),
    ("change_theme", "change_theme"),
    ("take_decision", "take_decision"),
    ("add_option", "add_option"),
    ("add_question", "add_question"),
    ("disable", "disable"),
    ("take_role", "take_role"),
];

#[test]
fn every_use_case_has_an_example_to_be_tried_with() {
    let examples: Vec<String> = samples::all().iter().map(Sample::to_string).collect();
    let missing: Vec<String> = list::all()
        .iter()
        .map(ToString::to_string)
        .filter(|name| !examples.contains(name))
        .collect();
    assert!(list::all().len() > 40, "{} use cases", list::all().len());
    assert!(missing.is_empty(), "no example of {missing:#?}");
    let known: Vec<String> = list::all().iter().map(ToString::to_string).collect();
    let stale: Vec<&String> = examples
        .iter()
        .filter(|name| !known.contains(name))
        .collect();
    assert!(stale.is_empty(), "no use case {stale:?}");
}

#[tokio::test]
async fn two_at_one_moment_on_sqlite() {
    tried(World::on_sqlite().await).await;
}

#[tokio::test]
async fn two_at_one_moment_on_postgresql() {
    if let Some(world) = World::on_postgresql().await {
        tried(world).await;
    }
}

/// The pairs that this run tries: each with the places where either of them has something to do.
fn chosen(all: &[Sample]) -> Vec<(usize, usize)> {
    let pairs: Vec<(usize, usize)> = (0..all.len())
        .flat_map(|a| (0..all.len()).map(move |b| (a, b)))
        .collect();
    if std::env::var("SOUNDINGS_RACES").is_ok_and(|which| which == "all") {
        return pairs;
    }
    let only = std::env::var("SOUNDINGS_RACES_ONLY").ok();
    if let Some(only) = only {
        return pairs
            .into_iter()
            .filter(|(a, b)| {
                let named = |at: usize| all.get(at).is_some_and(|one| only.contains(one.name));
                named(*a) && named(*b)
            })
            .collect();
    }
    let remembered = pairs.iter().copied().filter(|(a, b)| {
        let name = |at: usize| all.get(at).map(|one| one.name).unwrap_or_default();
        REMEMBERED
            .iter()
            .any(|(one, two)| (name(*a), name(*b)) == (*one, *two))
    });
    // Another sample each day, the same all day, so that what fails can be tried again.
    let day = domain::calendar::uk_day(jiff::Timestamp::now());
    let start = usize::try_from(day.day_of_year()).unwrap_or_default() * 7_919;
    let daily = (0..SAMPLE).filter_map(|n| pairs.get((start + n * 104_729) % pairs.len()).copied());
    let mut chosen: Vec<(usize, usize)> = remembered.chain(daily).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

async fn tried(world: World) {
    let all = samples::all();
    let mut table: BTreeMap<(usize, usize), char> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (a, b) in chosen(&all) {
        let (Some(first), Some(second)) = (all.get(a), all.get(b)) else {
            continue;
        };
        let mut homes = vec![first.home];
        if second.home != first.home {
            homes.push(second.home);
        }
        let mut mark = '·';
        for home in homes {
            match pair(&world, first, second, home).await {
                Verdict::InOrder => mark = '=',
                Verdict::OneRefused if mark == '·' => mark = '/',
                Verdict::Wrong(why) => {
                    mark = '✗';
                    eprintln!("{why}");
                    wrong.push(why);
                    break;
                }
                _ => {}
            }
        }
        table.insert((a, b), mark);
    }
    print(&all, &table);
    world.remove().await;
    assert!(
        wrong.is_empty(),
        "{} pairs went wrong:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// Use cases × use cases: the one that is held by its row, the one that comes by its column.
fn print(all: &[Sample], table: &BTreeMap<(usize, usize), char>) {
    println!(
        "= as if one came after the other   / one was refused   · nothing to do here   ✗ wrong"
    );
    for (a, first) in all.iter().enumerate() {
        let row: String = (0..all.len())
            .map(|b| table.get(&(a, b)).copied().unwrap_or(' '))
            .collect();
        if row.trim().is_empty() {
            continue;
        }
        println!("{a:>3} {:<36} {row}", first.to_string());
    }
    println!("{} pairs", table.len());
}

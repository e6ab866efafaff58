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
mod ready;
mod samples;
mod state;
mod town;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::{StreamExt, stream};
use pair::{Verdict, alone, pair};
use samples::{Sample, Who};
use server::db::Point;
use world::{NOWHERE, World};

/// Pairs of the daily sample.
const SAMPLE: usize = 12;
/// Pairs tried side by side, each on copies of its own: most of their time they wait.
const TOGETHER: usize = 8;

/// Pairs that went wrong once, and stay.
const REMEMBERED: [(&str, &str); 18] = [
    ("approve", "send_back"),
    ("approve", "approve"),
    ("publish", "send_back"),
    ("withdraw", "publish"),
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
    ("change_password", "set_password_by_link"),
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_example_does_something_by_itself() {
    let world = World::on_sqlite().await;
    let mut idle = Vec::new();
    for sample in samples::all() {
        for who in [Who::First, Who::Second] {
            let alone = alone(&world, &sample, who, sample.home).await;
            if alone.answer.is_err() || !(alone.changes || sample.only_answers) {
                idle.push(format!("{sample} by {who:?}: {alone:?}"));
            }
        }
    }
    world.remove().await;
    assert!(idle.is_empty(), "examples of nothing: {idle:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_one_moment_on_sqlite() {
    tried(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_one_moment_on_postgresql() {
    if let Some(world) = World::on_postgresql().await {
        tried(world).await;
    }
}

/// The pairs that this run tries.
fn chosen(all: &[Sample]) -> Vec<(usize, usize)> {
    let pairs: Vec<(usize, usize)> = (0..all.len())
        .flat_map(|a| (0..all.len()).map(move |b| (a, b)))
        .collect();
    match std::env::var("SOUNDINGS_RACES").as_deref() {
        Ok("all") => return pairs,
        // From this one on: to go on where a run was stopped.
        Ok(from) => {
            let from = from.parse().expect("`all`, or the number of a pair");
            return pairs.into_iter().skip(from).collect();
        }
        Err(_) => {}
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

/// The places at which a pair is tried: where either of them has something to do.
fn homes(first: &Sample, second: &Sample) -> Vec<&'static str> {
    let mut homes = vec![first.home, second.home];
    homes.dedup();
    if homes.len() > 1 {
        homes.retain(|home| *home != NOWHERE);
    }
    homes
}

/// The points at which each is held at each place: those to which it comes there by itself.
async fn points(
    world: &World,
    all: &[Sample],
    pairs: &[(usize, usize)],
) -> BTreeMap<(usize, &'static str), Vec<Point>> {
    let wanted: BTreeSet<(usize, &'static str)> = pairs
        .iter()
        .filter_map(|(a, b)| Some((*a, homes(all.get(*a)?, all.get(*b)?))))
        .flat_map(|(a, homes)| homes.into_iter().map(move |home| (a, home)))
        .collect();
    stream::iter(wanted)
        .map(|(a, home)| async move {
            let sample = all.get(a).expect("chosen among them");
            let mut points = alone(world, sample, Who::First, home).await.points;
            // With one writer nobody comes between its beginning and its lock.
            points.retain(|at| !(world.one_writer && *at == Point::Begun));
            points.dedup();
            ((a, home), points)
        })
        .buffer_unordered(TOGETHER)
        .collect()
        .await
}

async fn tried(world: World) {
    let all = samples::all();
    let pairs = chosen(&all);
    let points = points(&world, &all, &pairs).await;
    let begun = std::time::Instant::now();
    let so_far = AtomicUsize::new(0);
    let (world_of_pairs, all_of_pairs, points, so_far) = (&world, &all, &points, &so_far);
    let verdicts: Vec<((usize, usize), Vec<Verdict>)> = stream::iter(pairs)
        .map(|(a, b)| async move {
            let first = all_of_pairs.get(a).expect("chosen among them");
            let second = all_of_pairs.get(b).expect("chosen among them");
            let mut verdicts = Vec::new();
            for home in homes(first, second) {
                let at = points.get(&(a, home)).map_or(&[][..], Vec::as_slice);
                let verdict = pair(world_of_pairs, first, second, home, at).await;
                if let Verdict::Wrong(why) = &verdict {
                    eprintln!("{why}");
                }
                verdicts.push(verdict);
            }
            let so_far = so_far.fetch_add(1, Ordering::Relaxed) + 1;
            if so_far.is_multiple_of(250) {
                eprintln!("{so_far} pairs in {} s", begun.elapsed().as_secs());
            }
            ((a, b), verdicts)
        })
        .buffer_unordered(TOGETHER)
        .collect()
        .await;
    let wrong: Vec<&str> = verdicts
        .iter()
        .flat_map(|(_, verdicts)| verdicts)
        .filter_map(|verdict| match verdict {
            Verdict::Wrong(why) => Some(why.as_str()),
            _ => None,
        })
        .collect();
    let table = verdicts
        .iter()
        .map(|(pair, verdicts)| (*pair, mark(verdicts)))
        .collect();
    print(&all, &table);
    let went_wrong = format!("{} pairs went wrong:\n{}", wrong.len(), wrong.join("\n\n"));
    let none = wrong.is_empty();
    world.remove().await;
    assert!(none, "{went_wrong}");
}

/// One sign for what became of a pair at all its places.
fn mark(verdicts: &[Verdict]) -> char {
    let has = |wanted: fn(&Verdict) -> bool| verdicts.iter().any(wanted);
    if has(|verdict| matches!(verdict, Verdict::Wrong(_))) {
        '✗'
    } else if has(|verdict| *verdict == Verdict::InOrder) {
        '='
    } else if has(|verdict| *verdict == Verdict::OneRefused) {
        '/'
    } else {
        '·'
    }
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

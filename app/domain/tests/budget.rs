//! Budgets against the world: pabutools' answers, the towns' own decisions.
//!
//! The files are in `end2end/references/data/pabulib`; `end2end/references/budget.py` made the
//! fixture from them.

#![expect(
    clippy::expect_used,
    reason = "helpers of tests, where a missing file is a failure"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::vote::budget::pabulib::{PbFile, read_bytes, write};
use domain::vote::budget::{Count, Election, Rule, count};

/// File, utility, rule.
type Answers = BTreeMap<String, BTreeMap<String, BTreeMap<String, Answer>>>;

#[derive(serde::Deserialize)]
struct Answer {
    funded: Vec<String>,
    cost: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../end2end/references/data/pabulib")
}

fn file(name: &str) -> PbFile {
    let bytes = std::fs::read(folder().join(name)).expect("the file");
    read_bytes(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".pb"))
        .collect();
    names.sort();
    names
}

fn answers() -> Answers {
    let fixture = include_str!("fixtures/budget/pabutools.json");
    serde_json::from_str(fixture).expect("the fixture")
}

fn by(election: &Election, rule: &str) -> Count {
    count(
        election,
        rule.parse::<Rule>()
            .unwrap_or_else(|_| panic!("no rule {rule}")),
    )
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

fn chosen_by_the_town(file: &PbFile) -> Vec<String> {
    let projects = file.election.budget().projects().iter();
    sorted(
        projects
            .filter(|p| p.selected == Some(true))
            .map(|p| p.id.clone())
            .collect(),
    )
}

#[test]
fn winners_and_cost_are_those_of_pabutools_for_every_rule_and_utility_on_every_file() {
    let answers = answers();
    assert_eq!(names().len(), 8);
    let mut compared = 0;
    for name in names() {
        let election = file(&name).election;
        for (utility, rules) in &answers[&name] {
            for (rule, answer) in rules {
                let made = by(&election, &format!("{rule}:{utility}"));
                assert_eq!(
                    sorted(made.funded),
                    answer.funded,
                    "{name} {rule}:{utility}"
                );
                assert_eq!(
                    made.cost.to_string(),
                    answer.cost,
                    "{name} {rule}:{utility}"
                );
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 5 * (2 * 8 + 2 * 3));
}

#[test]
fn equal_shares_with_add_one_takes_less_than_a_second_a_file() {
    for name in names() {
        let election = file(&name).election;
        for rule in ["mes-add1", "mes-add1:cardinality", "mes-add1:cost-score"] {
            let started = Instant::now();
            let made = by(&election, rule);
            let took = started.elapsed();
            println!("{name} {rule} +{} {took:?}", made.added.unwrap_or(0));
            assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 1 }));
        }
    }
}

#[test]
fn assen_is_funded_as_the_town_did_by_equal_shares_with_add_one() {
    let file = file("Netherlands_Assen_2024.pb");
    let made = by(&file.election, "mes-add1");
    assert_eq!(made.funded.len(), 9);
    assert_eq!(sorted(made.funded), chosen_by_the_town(&file));
}

#[test]
fn rembertow_is_funded_as_the_town_did_by_greedy() {
    let file = file("Poland_Warszawa_2025_Rembertow.pb");
    let made = by(&file.election, "greedy");
    assert_eq!(made.funded.len(), 8);
    assert_eq!(sorted(made.funded), chosen_by_the_town(&file));
}

#[test]
fn lagiewniki_is_funded_as_the_town_did_by_greedy_on_the_score_of_ranks() {
    let file = file("Poland_Krakow_2025_Lagiewniki-Borek_Falecki.pb");
    let made = by(&file.election, "greedy");
    assert_eq!(made.funded.len(), 13);
    assert_eq!(sorted(made.funded), chosen_by_the_town(&file));
    let park = file.election.budget().find("BO.D9.4/25").expect("the park");
    assert_eq!(file.election.votes()[park as usize], 885);
    assert_eq!(file.election.scores()[park as usize], 2180);
    assert_eq!(made.budget.to_string(), "1734355.54");
}

#[test]
fn every_file_reads_without_notes_and_comes_back_the_same_when_written() {
    for name in names() {
        let read = file(&name);
        assert_eq!(read.notes, [], "{name}");
        let again = read_bytes(write(&read.election, &read.meta).as_bytes()).expect("own writing");
        assert_eq!(again.election, read.election, "{name}");
    }
}

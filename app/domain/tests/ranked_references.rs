//! Counts of real Scottish elections against other people's programs.
//!
//! The ballots are in `end2end/references/data`; the winners by `pref_voting` were made by
//! `end2end/references/ranked.py`.

#![expect(
    clippy::unwrap_used,
    reason = "a reference that cannot be read fails the test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::vote::ranked::{Candidate, Count, Election, Rule, TieBreak, Votes, count, read};
use serde::Deserialize;

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../end2end/references/data/ranked_ballots")
}

fn files(folder: &Path) -> Vec<(String, Election)> {
    let mut all: Vec<_> = fs::read_dir(folder.join("scot_elex_csv"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let election = read::by_name(&name, &fs::read(&path).unwrap()).unwrap();
            (name, election)
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!all.is_empty());
    all
}

fn counted(rule: Rule, election: &Election) -> Count {
    count(rule, election, &TieBreak::seeded("fixture")).unwrap()
}

#[test]
fn the_scottish_rules_elect_whom_the_independent_program_elects_in_its_order() {
    let folder = shared();
    let table = fs::read_to_string(folder.join("stv_computed.csv")).unwrap();
    for (name, election) in files(&folder) {
        let row = table.lines().find(|row| row.starts_with(&name)).unwrap();
        let fields: Vec<&str> = row.splitn(6, ',').collect();
        let result = counted(Rule::StvScotland, &election);
        assert_eq!(result.ballots.to_string(), fields[3], "{name}");
        assert_eq!(result.quota.unwrap().to_string(), fields[4], "{name}");
        let want: Vec<&str> = fields[5].trim_end_matches(',').split(" | ").collect();
        let got: Vec<String> = result
            .elected_numbers
            .iter()
            .map(|number| &election.candidates()[*number as usize - 1])
            .map(|one| format!("{} ({})", one.name, one.party.as_deref().unwrap()))
            .collect();
        assert_eq!(got, want, "{name}");
        assert!(result.draws.is_empty(), "{name}");
    }
}

#[derive(Deserialize)]
struct Answer {
    seats: u32,
    ballots: u64,
    winners: BTreeMap<Rule, Vec<String>>,
    first_preferences: BTreeMap<String, u64>,
    margins: Vec<Vec<i64>>,
}

#[test]
fn every_rule_elects_whom_pref_voting_elects() {
    let folder = shared();
    let answers: BTreeMap<String, Answer> =
        serde_json::from_str(include_str!("fixtures/ranked/pref_voting.json")).unwrap();
    let mut compared = 0;
    for (name, election) in files(&folder) {
        let answer = answers
            .get(&name)
            .unwrap_or_else(|| panic!("no answer for {name}"));
        assert_eq!(
            (answer.seats, answer.ballots),
            (election.seats(), election.valid()),
            "{name}"
        );
        for (&rule, winners) in &answer.winners {
            let result = counted(rule, &election);
            let mut elected = result.elected.clone();
            elected.sort();
            assert_eq!(&elected, winners, "{rule} on {name}");
            compared += 1;
        }
        let first = &counted(Rule::Irv, &election).stages[0];
        for total in &first.totals {
            let want = Votes::whole(answer.first_preferences[&total.candidate]);
            assert_eq!(total.votes, want, "{name}");
        }
        let pairs = counted(Rule::Schulze, &election)
            .pairwise
            .unwrap()
            .preferred;
        for (a, row) in answer.margins.iter().enumerate() {
            for (b, margin) in row.iter().enumerate() {
                assert_eq!(
                    pairs[a][b] as i64 - pairs[b][a] as i64,
                    *margin,
                    "{name} {a} {b}"
                );
            }
        }
    }
    assert!(compared >= 25, "only {compared} compared");
}

#[test]
fn the_smallest_real_count_agrees_with_the_one_made_by_hand() {
    let folder = shared();
    let path = folder.join("scot_elex_csv/eilean_siar_2022_ward3.csv");
    let election = read::by_name("x.csv", &fs::read(path).unwrap()).unwrap();
    let totals = |count: &Count, stage: usize| -> Vec<String> {
        count.stages[stage]
            .totals
            .iter()
            .map(|total| total.votes.to_string())
            .collect()
    };
    // 36+23+39+5+28, 52+16+38+94+76, 42+17+25+89+81; quota 661÷3 cut, plus 1.
    let result = counted(Rule::StvScotland, &election);
    assert_eq!(totals(&result, 0), ["131", "276", "254"]);
    assert_eq!(result.quota, Some(Votes::whole(221)));
    assert_eq!(result.stages.len(), 1, "both are over the quota at once");
    // With one seat the quota is 331 and Barker goes: 62 of his papers to Hocine, 33 to Robertson,
    // 36 to nobody.
    let rows = election
        .ballots()
        .iter()
        .map(|(count, ranking)| (count, ranking.to_vec()));
    let one = Election::new(None, 1, election.candidates().to_vec(), rows).unwrap();
    let result = counted(Rule::StvScotland, &one);
    assert_eq!(result.quota, Some(Votes::whole(331)));
    assert_eq!(totals(&result, 1), ["0", "338", "287"]);
    assert_eq!(result.stages[1].non_transferable, Votes::whole(36));
    assert_eq!(result.elected, ["Mustapha Hocine"]);
    // With three seats and a fourth name the quota is 166, and Hocine and Robertson reach it. Hocine's
    // surplus of 110 goes at 110 ÷ 276 = 0.39855 a paper: 16 + 38 + 76 to Barker, 51.8115; 52 + 94
    // to nobody, 58.1883; 0.0002 is dropped.
    let rows = election
        .ballots()
        .iter()
        .map(|(count, ranking)| (count, ranking.to_vec()));
    let mut four = election.candidates().to_vec();
    four.push(Candidate::new("Nobody"));
    let three = Election::new(None, 3, four, rows).unwrap();
    let result = counted(Rule::StvScotland, &three);
    assert_eq!(result.quota, Some(Votes::whole(166)));
    assert_eq!(totals(&result, 1), ["182.8115", "166", "254", "0"]);
    assert_eq!(result.stages[1].non_transferable.to_string(), "58.1883");
    assert_eq!(result.stages[1].lost_by_fraction.to_string(), "0.0002");
}

#[derive(Deserialize)]
struct Invented {
    blt: String,
    condorcet_winner: bool,
    winners: BTreeMap<Rule, Vec<u32>>,
}

#[test]
fn invented_elections_with_circles_and_short_ballots_elect_whom_pref_voting_elects() {
    let all: Vec<Invented> =
        serde_json::from_str(include_str!("fixtures/ranked/random.json")).unwrap();
    assert!(all.iter().filter(|one| !one.condorcet_winner).count() >= 10);
    let mut compared = BTreeMap::new();
    for invented in &all {
        let election = read::blt(&invented.blt).unwrap();
        for (&rule, winners) in &invented.winners {
            let mut elected = counted(rule, &election).elected_numbers;
            elected.sort_unstable();
            assert_eq!(&elected, winners, "{rule}\n{}", invented.blt);
            *compared.entry(rule).or_insert(0) += 1;
        }
    }
    assert!(
        compared.len() == 5 && compared.values().all(|n| *n >= 60),
        "{compared:?}"
    );
}

#[test]
fn the_stages_of_the_real_counts_sum_to_the_ballots() {
    let folder = shared();
    for (name, election) in files(&folder) {
        for rule in [Rule::StvScotland, Rule::Meek, Rule::Irv] {
            for stage in counted(rule, &election).stages {
                let number = stage.number;
                assert_eq!(
                    stage.sum(),
                    Votes::whole(election.valid()),
                    "{rule} {name} {number}"
                );
            }
        }
    }
}

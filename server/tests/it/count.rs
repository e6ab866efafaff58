//! `soundings count` as people run it: the built binary on real files of ballots.
//!
//! The files are in `end2end/references/data`, with their sources.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../end2end/references/data")
        .join(path)
}

/// Runs in an empty folder, with configuration that no server would start with.
fn count(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_soundings"))
        .arg("count")
        .args(arguments)
        .current_dir(folder.path())
        .env("SOUNDINGS_DATABASE_URL", "nothing")
        .env("SOUNDINGS_LISTEN", "nowhere")
        .output()
        .expect("the binary runs");
    let left = std::fs::read_dir(folder.path())
        .expect("the folder")
        .count();
    assert_eq!(left, 0, "a count leaves no file behind");
    output
}

fn json(rule: &str, file: &Path) -> Value {
    let output = count(&["--json", "--rule", rule, &file.to_string_lossy()]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{rule}: {told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn refused(arguments: &[&str]) -> String {
    let output = count(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).expect("text")
}

fn written(name: &str, text: &[u8]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}

#[test]
fn a_budget_is_counted_without_database_or_configuration() {
    let file = shared("pabulib/Netherlands_Assen_2024.pb");
    for rule in ["greedy", "mes-add1", "mes-greedy", "greedy:cardinality"] {
        let answer = json(rule, &file);
        assert_eq!(answer["rule"], rule);
        assert!(answer["cost"].as_f64() <= answer["budget"].as_f64());
        let funded = answer["funded"].as_array().expect("a list");
        assert!(!funded.is_empty() && funded.iter().all(Value::is_string));
        assert!(answer["rounds"].as_array().expect("a list").len() >= funded.len());
    }
}

#[test]
fn a_ward_is_counted_as_the_independent_program_counted_it() {
    let table = std::fs::read_to_string(shared("ranked_ballots/stv_computed.csv")).expect("table");
    let mut counted = 0;
    for row in table.lines().skip(1) {
        let fields: Vec<&str> = row.splitn(6, ',').collect();
        let file = shared("ranked_ballots/scot_elex_csv").join(fields[0]);
        let answer = json("stv-scotland", &file);
        assert_eq!(answer["rule"], "stv-scotland");
        assert_eq!(answer["seats"].to_string(), fields[2]);
        assert_eq!(answer["ballots"].to_string(), fields[3]);
        let elected = answer["elected"].as_array().expect("a list");
        let wanted: Vec<&str> = fields[5].split(" | ").collect();
        assert_eq!(elected.len(), wanted.len(), "{}", fields[0]);
        for (name, wanted) in elected.iter().zip(wanted) {
            let name = name.as_str().expect("a name");
            assert!(wanted.starts_with(name), "{}: {name} {wanted}", fields[0]);
        }
        assert!(!answer["stages"].as_array().expect("a list").is_empty());
        assert!(!answer["quota"].is_null());
        counted += 1;
    }
    assert!(counted >= 5);
}

#[test]
fn every_rule_prints_the_same_text_twice() {
    let ward = shared("ranked_ballots/scot_elex_csv/orkney_2022_ward1.csv");
    let budget = shared("pabulib/Netherlands_Assen_2024.pb");
    let ranked = [
        "stv-scotland",
        "meek",
        "irv",
        "schulze",
        "ranked-pairs",
        "borda",
        "approval",
    ];
    let budgets = ["greedy", "mes", "mes-greedy", "mes-add1", "mes-add1-greedy"];
    let all = ranked
        .map(|rule| (rule, &ward))
        .into_iter()
        .chain(budgets.map(|rule| (rule, &budget)));
    for (rule, file) in all {
        let file = file.to_string_lossy();
        let once = count(&["--rule", rule, "--seed", "a", &file]);
        assert_eq!(once.status.code(), Some(0), "{rule}");
        assert!(once.stdout.len() > 100, "{rule}");
        assert_eq!(
            once.stdout,
            count(&["--rule", rule, "--seed", "a", &file]).stdout
        );
    }
}

#[test]
fn a_blt_file_is_counted_and_names_its_winner() {
    let blt = "3 1\n4 1 2 0\n3 2 1 0\n2 3 2 0\n0\n\"Ada\"\n\"Ben\"\n\"Cleo\"\n\"A hall\"\n";
    let (_folder, file) = written("hall.blt", blt.as_bytes());
    let answer = json("irv", Path::new(&file));
    assert_eq!(answer["elected"], serde_json::json!(["Ben"]));
}

#[test]
fn a_wrong_file_is_refused_with_the_line_and_the_reason() {
    let (_folder, file) = written("hall.blt", b"3 1\n4 1 2 0\n3 2 9 0\n0\n");
    let told = refused(&["--rule", "irv", &file]);
    assert_eq!(
        told,
        "Line 3: a preference is not the number of a candidate.\n"
    );

    let pb = "META\nkey;value\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost\n1;50\n\
              VOTES\nvoter_id;vote\n1;1\n2;7\n";
    let (_folder, file) = written("town.pb", pb.as_bytes());
    let told = refused(&["--rule", "greedy", &file]);
    assert!(told.starts_with("Line 11: "), "{told}");
    assert!(told.contains("“7”, which is not a project"), "{told}");

    let (_folder, file) = written("town.pb", b"META\nkey;value\nname;\xff\n");
    let told = refused(&["--rule", "greedy", &file]);
    assert_eq!(told, "Line 3: the file is not UTF-8 text.\n");
}

#[test]
fn an_unknown_rule_gets_the_list_and_a_rule_of_the_other_kind_one_sentence() {
    let ward = shared("ranked_ballots/scot_elex_csv/orkney_2022_ward1.csv");
    let ward = ward.to_string_lossy();
    let told = refused(&["--rule", "luck", &ward]);
    for rule in ["mes-add1", "greedy", "stv-scotland", "schulze"] {
        assert!(told.contains(rule), "{told}");
    }
    let told = refused(&["--rule", "greedy", &ward]);
    assert!(
        told.contains("counts budgets") && told.lines().count() == 1,
        "{told}"
    );
    let told = refused(&[
        "--rule",
        "meek",
        &shared("pabulib/Switzerland_Zurich_D5.pb").to_string_lossy(),
    ]);
    assert!(told.contains("counts ranked ballots"), "{told}");
    assert!(refused(&["--rule", "meek", "notes.txt"]).contains(".pb, .blt, .csv or .json"));
    assert!(refused(&["--rule", "meek", "missing.blt"]).contains("can’t be read"));
}

//! `soundings count` on a published list, as an outsider runs it.

use std::process::{Command, Output};

fn run(file: &str, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_soundings"))
        .arg("count")
        .arg(file)
        .args(more)
        .env("SOUNDINGS_DATABASE_URL", "nothing")
        .output()
        .expect("the binary runs")
}

/// Counts the list again: the same hash, every ballot, this code found.
pub fn with_the_command(list: &str, code: &str, found: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ballots.json");
    std::fs::write(&path, list).expect("written");
    let file = path.to_string_lossy().into_owned();
    let told = run(&file, &["--find", code]);
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    assert!(text.contains(&domain::digest::hash(list)), "{text}");
    assert!(text.contains(&format!("voting code is {found}")), "{text}");
    // However the voter's program writes the dashes, and with a byte order mark that another put in.
    std::fs::write(&path, format!("\u{feff}{list}")).expect("written");
    for typed in [
        code.replace('-', "\u{2013}"),
        code.replace('-', "\u{2011}"),
        code.replace('-', " \u{2212} ").to_lowercase(),
        format!("“{}.”", code.replace('-', ".")),
    ] {
        let told = run(&file, &["--find", &typed]);
        let text = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(
            text.contains(&format!("voting code is {found}")),
            "{typed}: {text}"
        );
    }
    std::fs::write(&path, list).expect("written");
    let json = run(&file, &["--json", "--rule", "schulze"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["ballots"], 4);
    assert_eq!(json["result"]["rule"], "schulze");
    // A ballot or the seed changed, or a rule of another kind: one sentence, exit 2.
    for (file, more) in [
        (
            list.replacen("\"choices\":\"1:1", "\"choices\":\"1:7", 1),
            &[][..],
        ),
        (list.replacen("\"seed\":\"", "\"seed\":\"0", 1), &[]),
        (list.to_owned(), &["--rule", "greedy"]),
        ("{}".to_owned(), &[]),
    ] {
        std::fs::write(&path, file).expect("written");
        let refused = run(&path.to_string_lossy(), more);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2), "{told}");
        assert_eq!(told.trim().lines().count(), 1, "{told}");
    }
}

/// A list of its own, with one ballot set aside.
fn list(method: domain::poll::Method, cost: Option<u64>, ballots: &[&str]) -> String {
    use domain::digest::hash;
    use domain::poll::list::{FORMAT, ListedBallot, ListedOption};
    let mut list = domain::poll::BallotList {
        format: FORMAT.to_owned(),
        poll: "/consultations/parks/polls/1".to_owned(),
        question: "Which?".to_owned(),
        method,
        binding: false,
        electorate: "open".to_owned(),
        seed_hash: hash("seed"),
        seed: "seed".to_owned(),
        options: (1..=3)
            .map(|position| ListedOption {
                position,
                name: format!("Option {position}"),
                cost,
            })
            .collect(),
        ballots: ballots
            .iter()
            .enumerate()
            .map(|(n, choices)| ListedBallot {
                commitment: hash(n.to_string()),
                choices: (*choices).to_owned(),
                set_aside: n == 0,
            })
            .collect(),
    };
    list.ballots.sort_unstable();
    serde_json::to_string(&list).expect("JSON")
}

#[test]
fn points_and_budgets_are_counted_again_with_and_without_what_was_set_aside() {
    use super::arrange::{approval, knapsack};
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_string_lossy().into_owned()
    };
    let said = |output: Output| {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{told}");
        String::from_utf8(output.stdout).expect("text")
    };
    let ballots = ["1:1", "1:1 2:1", "2:1"];
    let points = file("points.json", list(approval(), None, &ballots));
    let text = said(run(&points, &[]));
    assert!(
        text.contains("Elected: Option 2") && text.contains("1 set aside"),
        "{text}"
    );
    let all = said(run(&points, &["--json", "--all"]));
    let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    assert_eq!(all["result"]["totals"][0]["points"], 2);
    assert_eq!(all["set_aside"], 1);
    let budget = file("budget.json", list(knapsack(), Some(2_000_000), &ballots));
    let text = said(run(&budget, &[]));
    assert!(text.contains("Option 2"), "{text}");
    let mes = said(run(&budget, &["--json", "--rule", "mes-add1"]));
    let mes: serde_json::Value = serde_json::from_str(&mes).expect("JSON");
    assert_eq!(mes["result"]["count"]["rule"], "mes-add1");
    let refused = run(&points, &["--rule", "irv"]);
    assert_eq!(refused.status.code(), Some(2));
}

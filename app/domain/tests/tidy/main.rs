//! The shape of the code: lengths, layers, slices, migrations. Each rule says where it is written.
//!
//! Deliberately not here: taste. A rule is here because a machine can hold it and a reader counts
//! on it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what can't be expected or unwrapped fails the test"
)]

mod floors;
mod graph;
mod slices;
mod source;
mod writes;

use graph::Graph;
use source::{code, files, names, root, sources};

/// No file is longer; files aim at 300.
const MOST_LINES: usize = 500;

/// What each layer must not name: folder, crates that it never uses.
const LAYERS: [(&str, &[&str]); 4] = [
    (
        "app/domain/src",
        &[
            "leptos",
            "axum",
            "sea_orm",
            "tokio",
            "sqlx",
            "entity",
            "server",
            "std::fs",
            "std::net",
            "std::env",
            "Timestamp::now",
            "SystemTime::now",
            "Instant::now",
            "Zoned::now",
        ],
    ),
    (
        "app/src",
        &[
            "sea_orm",
            "axum",
            "tokio",
            "sqlx",
            "entity",
            "server",
            "migration",
            "Timestamp::now",
        ],
    ),
    (
        "entity/src",
        &["leptos", "axum", "tokio", "domain", "server", "migration"],
    ),
    (
        "migration/src",
        &["leptos", "axum", "entity", "domain", "server"],
    ),
];

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    let mut all = sources();
    all.extend(files(&root().join("style"), &[".scss"]));
    all.extend(files(&root().join("end2end"), &[".ts"]));
    assert!(all.len() > 100, "only {} files found", all.len());
    none(
        all.iter()
            .filter(|(_, text)| text.lines().count() > MOST_LINES)
            .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
            .collect(),
    );
}

#[test]
fn every_module_says_what_is_in_it() {
    none(
        sources()
            .iter()
            .filter(|(path, _)| !path.ends_with("tests.rs"))
            .filter(|(_, text)| !text.starts_with("//!"))
            .map(|(path, _)| path.display().to_string())
            .collect(),
    );
}

#[test]
fn each_layer_keeps_to_its_own() {
    let mut found = Vec::new();
    for (layer, forbidden) in LAYERS {
        let files = files(&root().join(layer), &[".rs"]);
        assert!(!files.is_empty(), "{layer}");
        for (path, text) in files {
            let code = code(&text);
            for word in forbidden.iter().filter(|word| names(&code, word)) {
                found.push(format!("{} names {word}", path.display()));
            }
        }
    }
    none(found);
}

/// What takes a file apart on its own: a quotation mark that is open at the end, a byte-order mark and
/// another encoding are dealt with in `domain::rows`, `domain::table` and `domain::text` alone.
const OWN_READERS: [&str; 4] = [
    "csv::Reader",
    "csv::ReaderBuilder",
    "fs::read_to_string",
    "io::read_to_string",
];

#[test]
fn files_are_taken_apart_by_the_one_reader_of_each_kind() {
    let mut found = Vec::new();
    for folder in [
        "app/domain/src",
        "app/src",
        "server/src",
        "end2end/workshop/src/seed",
    ] {
        for (path, text) in files(&root().join(folder), &[".rs"]) {
            let code = code(&text);
            for word in OWN_READERS.iter().filter(|word| names(&code, word)) {
                found.push(format!("{} names {word}", path.display()));
            }
        }
    }
    none(found);
}

/// The crates whose files are looked at for circles.
const CRATES: [&str; 5] = [
    "app/domain/src",
    "app/src",
    "server/src",
    "end2end/xtask/src",
    "end2end/workshop/src",
];

#[test]
fn no_files_import_one_another_in_a_circle() {
    let mut found = Vec::new();
    for folder in CRATES {
        let graph = Graph::read(folder);
        // The crate of the domain has no path to `app`; a folder that is not there has no files.
        if folder != "end2end/workshop/src" {
            assert!(graph.modules.len() > 5, "{folder}");
        }
        for circle in graph.circles() {
            found.push(circle.join("\n    "));
        }
    }
    none(found);
}

/// Readers of files, in which a blank is a blank.
const READERS: [&str; 8] = [
    "vote/budget/",
    "vote/ranked/",
    "vote/opinion/",
    "server/src/cli/",
    "import_polis/",
    "commands/import_",
    "boundaries.rs",
    "register_file.rs",
];

#[test]
fn whether_somebody_wrote_anything_is_asked_of_what_can_be_seen() {
    let mut found = Vec::new();
    for folder in ["app/domain/src", "app/src", "server/src"] {
        for (path, text) in files(&root().join(folder), &[".rs"]) {
            let name = source::shown(&path);
            let reader = READERS.iter().any(|reader| name.contains(reader));
            if !reader && code(&text).contains(".trim().is_empty()") {
                found.push(format!("{name}: ask domain::typed::is_blank"));
            }
        }
    }
    none(found);
}

#[test]
fn every_migration_has_a_way_back() {
    let steps: Vec<_> = files(&root().join("migration/src"), &[".rs"])
        .into_iter()
        .filter(|(path, _)| !path.ends_with("lib.rs"))
        .collect();
    assert!(steps.len() > 5);
    none(
        steps
            .iter()
            .filter(|(_, text)| !text.contains("async fn down(&self, m: &SchemaManager)"))
            .map(|(path, _)| path.display().to_string())
            .collect(),
    );
}

#[test]
fn nothing_is_left_for_later() {
    let later = ["TO", "DO"].concat();
    let repair = ["FIX", "ME"].concat();
    let marks = [
        later,
        repair,
        ["todo", "!("].concat(),
        ["unimplemented", "!("].concat(),
        ["#[ign", "ore"].concat(),
        ["unsafe", " {"].concat(),
    ];
    let mut found = Vec::new();
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            for mark in marks.iter().filter(|mark| line.contains(mark.as_str())) {
                found.push(format!("{}:{}: {mark}", path.display(), number + 1));
            }
        }
    }
    none(found);
}

//! The shape of the code: lengths, layers, slices, migrations. Each rule says where it is written.
//!
//! Deliberately not here: taste. A rule is here because a machine can hold it and a reader counts
//! on it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what can't be expected or unwrapped fails the test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

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

/// The slices, each after those it uses, as the README draws them. Within a layer a slice names
/// no other; what lies in a lower layer (`domain`) is there for everybody.
const SLICES: [(&str, &[&str]); 9] = [
    ("account", &[]),
    ("consultation", &["account"]),
    ("vote", &["account", "consultation"]),
    ("moderation", &["account", "consultation", "vote"]),
    (
        "insight",
        &["account", "consultation", "vote", "moderation"],
    ),
    ("neighbourhood", &["account", "insight"]),
    ("council", &["account", "consultation", "neighbourhood"]),
    ("poll", &["account", "consultation", "vote", "council"]),
    (
        "response",
        &[
            "consultation",
            "council",
            "moderation",
            "insight",
            "neighbourhood",
        ],
    ),
];

/// The whole repository's root.
fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    root.expect("app/domain lies two folders below").to_owned()
}

/// Every file of this ending below a folder, with its text.
fn files(below: &Path, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![below.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                let skipped = ["target", "node_modules", "site", "data", "fixtures", "tmp"];
                if !name.starts_with('.') && !skipped.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|end| name.ends_with(end))
                && let Ok(text) = fs::read_to_string(&path)
            {
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    ["app", "server", "entity", "migration", "end2end"]
        .into_iter()
        .flat_map(|folder| files(&root().join(folder), &[".rs"]))
        .collect()
}

/// The code of a file without its comments and without what stands in quotation marks.
fn code(text: &str) -> String {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .map(|line| {
            let parts = line.split('"').enumerate();
            parts
                .filter(|(at, _)| at % 2 == 0)
                .map(|(_, part)| part)
                .collect::<String>()
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether code names this crate or path as a whole word.
fn names(code: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let path = word.contains("::") || code[at + word.len()..].starts_with("::");
        path && !before.is_some_and(|c| inside(c) || c == ':') && !after.is_some_and(inside)
    })
}

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

/// The slices that code names below `crate`, alone or in braces. Rows lie below every use case and
/// read, so whoever is above them may name those of any slice.
fn used(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        if code[..at].ends_with("pub(in ") {
            continue;
        }
        let rest = &code[at + start.len()..];
        let first = |text: &str| {
            text.find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(text.len())
        };
        let Some(inside) = rest.strip_prefix('{') else {
            let named = &rest[..first(rest)];
            if !rest[named.len()..].starts_with("::rows") {
                found.insert(named);
            }
            continue;
        };
        let mut depth = 0;
        let mut begins = 0;
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    let part = inside[begins..at].trim_start();
                    found.insert(&part[..first(part)]);
                    begins = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn slices_use_only_slices_that_the_readme_draws_above_them() {
    let mut found = Vec::new();
    for (at, (slice, uses)) in SLICES.iter().enumerate() {
        for named in *uses {
            let above = SLICES[..at].iter().any(|(name, _)| name == named);
            assert!(above, "{slice} uses {named}, which is not above it");
        }
        for layer in ["app/domain/src", "app/src", "server/src"] {
            for (path, text) in files(&root().join(layer).join(slice), &[".rs"]) {
                let code = code(&text);
                for named in used(&code) {
                    let known = SLICES.iter().any(|(name, _)| *name == named);
                    if known && named != *slice && !uses.contains(&named) {
                        found.push(format!("{slice} uses {named}: {}", path.display()));
                    }
                }
            }
        }
    }
    none(found);
}

#[test]
fn the_readme_draws_the_slices_as_they_are_checked() {
    let readme = fs::read_to_string(root().join("README.md")).expect("a README");
    none(
        SLICES
            .iter()
            .filter(|(_, uses)| !uses.is_empty())
            .map(|(slice, uses)| format!("{slice:13} → {}", uses.join(", ")))
            .filter(|line| !readme.contains(line))
            .collect(),
    );
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
    let mend = ["FIX", "ME"].concat();
    let marks = [
        later,
        mend,
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

//! The shape of a slice in the server: `commands`, `queries`, `http`, `rows`, and what each floor
//! never names; the tables and their owners; where permission is made and spent.

use std::collections::BTreeSet;

use crate::graph::{Graph, module_of};
use crate::none;
use crate::slices::SLICES;
use crate::source::{code, files, names, root, shown};

/// The floors of a slice, from the ground up. A file uses its own floor and those below.
const FLOORS: [&str; 4] = ["rows", "queries", "commands", "http"];

/// Rows are the ground: those of one slice name no other slice, but for what these read of the places
/// and bodies that everybody belongs to.
const ROWS: [(&str, &[&str]); 2] = [("account", &["council"]), ("neighbourhood", &["council"])];

/// What a floor never names.
const NEVER: [(&str, &[&str]); 4] = [
    ("rows", &["crate::http", "axum", "leptos", "StatusCode"]),
    ("queries", &["crate::http", "axum", "leptos", "StatusCode"]),
    (
        "commands",
        &[
            "crate::http",
            "axum",
            "leptos",
            "StatusCode",
            "sea_orm",
            "entity",
        ],
    ),
    ("http", &["sea_orm", "entity"]),
];

/// Each table and the folder of the server that alone names it. Others ask its rows.
const TABLES: [(&str, &[&str]); 10] = [
    (
        "council",
        &[
            "area",
            "area_figure",
            "organisation",
            "postcode",
            "team",
            "team_area",
        ],
    ),
    (
        "account",
        &["membership", "one_time_link", "person", "session"],
    ),
    (
        "record",
        &[
            "audit_entry",
            "creation",
            "demonstration_person",
            "outbox",
            "record_head",
            "revision",
            "site_state",
        ],
    ),
    (
        "consultation",
        &[
            "consultation",
            "consultation_area",
            "consultation_team",
            "document",
            "option",
            "question",
            "regime",
        ],
    ),
    ("response", &["answer", "respondent", "response", "tally"]),
    (
        "vote",
        &[
            "opinion",
            "statement",
            "statement_author",
            "statement_vote",
            "voter",
            "voter_flag",
            "voter_source",
        ],
    ),
    (
        "poll",
        &[
            "poll",
            "poll_ballot",
            "poll_count",
            "poll_elector",
            "poll_option",
        ],
    ),
    ("moderation", &["moderation_decision"]),
    ("insight", &["release", "theme"]),
    (
        "neighbourhood",
        &[
            "area_promise",
            "concern",
            "concern_contact",
            "concern_event",
        ],
    ),
];

fn floor(module: &[String]) -> Option<usize> {
    let slice = module.first()?;
    SLICES.iter().any(|(name, _)| name == slice).then_some(())?;
    FLOORS
        .iter()
        .position(|floor| module.get(1).is_some_and(|part| part == floor))
}

#[test]
fn every_slice_has_the_same_floors_and_nothing_else_but_its_own_words() {
    let mut found = Vec::new();
    for (slice, _) in SLICES {
        let folder = root().join("server/src").join(slice);
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let known = FLOORS
                .iter()
                .any(|floor| name == *floor || name == format!("{floor}.rs"));
            let empty =
                std::fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none());
            if entry.path().is_dir() && !known && !empty {
                found.push(format!("{slice}/{name} is no floor"));
            }
        }
        for floor in ["commands", "queries", "http"] {
            let there = folder.join(floor).is_dir();
            if !there {
                found.push(format!("{slice} has no {floor}/"));
            }
        }
    }
    none(found);
}

#[test]
fn no_floor_names_what_belongs_to_another() {
    let source = root().join("server/src");
    let mut found = Vec::new();
    for (path, text) in files(&source, &[".rs"]) {
        let module = module_of(&source, &path);
        let Some(floor) = floor(&module) else {
            continue;
        };
        let code = code(&text);
        for (name, never) in NEVER {
            if FLOORS.get(floor) == Some(&name) {
                for word in never.iter().filter(|word| names(&code, word)) {
                    found.push(format!("{} names {word}", shown(&path)));
                }
            }
        }
    }
    none(found);
}

#[test]
fn data_flows_down_the_floors_and_never_back_up() {
    let graph = Graph::read("server/src");
    let by_file: std::collections::BTreeMap<&String, &Vec<String>> = graph
        .modules
        .iter()
        .map(|(module, file)| (file, module))
        .collect();
    let mut found = Vec::new();
    for (from, imports) in &graph.imports {
        let Some(module) = by_file.get(from) else {
            continue;
        };
        let Some(own) = floor(module) else { continue };
        for to in imports {
            let Some(target) = by_file.get(to) else {
                continue;
            };
            let Some(theirs) = floor(target) else {
                continue;
            };
            let other_slice = target.first() != module.first();
            let known = ROWS.iter().any(|(slice, uses)| {
                module.first().is_some_and(|own| own == slice)
                    && target.first().is_some_and(|to| uses.contains(&to.as_str()))
            });
            let rows_to_rows = other_slice && own == 0 && !known;
            if theirs > own || (rows_to_rows && to != "server/src/account/rows/member.rs") {
                found.push(format!("{from} uses {to}"));
            }
        }
    }
    none(found);
}

#[test]
fn a_table_belongs_to_one_slice() {
    let source = root().join("server/src");
    let mut unknown = BTreeSet::new();
    let mut found = Vec::new();
    for (path, text) in files(&source, &[".rs"]) {
        let module = module_of(&source, &path);
        let code = code(&text);
        for table in tables_named(&code) {
            let owner = TABLES
                .iter()
                .find(|(_, tables)| tables.contains(&table.as_str()))
                .map(|(owner, _)| *owner);
            match owner {
                None => {
                    unknown.insert(table);
                }
                Some(owner) if module.first().is_none_or(|slice| slice != owner) => {
                    found.push(format!(
                        "{} names the table {table} of {owner}",
                        shown(&path)
                    ));
                }
                Some(_) => {}
            }
        }
    }
    assert!(unknown.is_empty(), "tables without an owner: {unknown:?}");
    none(found);
}

/// The entities that code names: `entity::x` and `use entity::{x, y}`.
fn tables_named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, start) in code.match_indices("entity::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + start.len()..];
        let word = |text: &str| -> String {
            text.trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        };
        if let Some(inside) = rest.strip_prefix('{') {
            let end = inside.find('}').unwrap_or(inside.len());
            // Nested braces (`consultation::{self, Column}`) are cut: their first word counts.
            found.extend(inside[..end].split(',').map(word).filter(|w| !w.is_empty()));
            for part in inside.split(';').next().unwrap_or_default().split('}') {
                found.extend(part.split(',').map(word).filter(|w| !w.is_empty()));
            }
        } else {
            found.insert(word(rest));
        }
    }
    found
        .into_iter()
        .filter(|word| !["self", "Column", "prelude"].contains(&word.as_str()))
        .filter(|word| word.chars().all(|c| c.is_lowercase() || c == '_'))
        .collect()
}

#[test]
fn permission_is_made_in_one_place_and_locks_in_another() {
    let source = root().join("server/src");
    let mut found = Vec::new();
    for (path, text) in files(&source, &[".rs"]) {
        let module = module_of(&source, &path);
        let code = code(&text);
        let on = floor(&module).and_then(|floor| FLOORS.get(floor)).copied();
        let own = module.first().is_some_and(|first| first == "granted");
        let makes = |word: &str| code.contains(word) && !own;
        for lock in ["Locked::new(", "RootInWrite::new("] {
            if makes(lock) && on != Some("rows") {
                found.push(format!("{} makes a lock", shown(&path)));
            }
        }
        for ask in [
            "Granted::ask(",
            "Granted::ask_with_reason(",
            "Granted::to_the_program(",
            ".admit(",
        ] {
            if makes(ask) && on != Some("commands") {
                found.push(format!("{} asks for permission", shown(&path)));
            }
        }
    }
    none(found);
}

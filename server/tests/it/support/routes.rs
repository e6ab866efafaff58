//! Every route of the program, read from its source, so that none can be forgotten in a test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A route: method and path as axum knows it.
pub type Route = (&'static str, String);

/// Every route in `server/src`, in order of path; not those of the metrics listener.
pub fn all() -> Vec<Route> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let shared = constants(&read(&source.join("../../app/src/paths.rs")));
    let mut routes = BTreeSet::new();
    let mut files = Vec::new();
    collect(&source, &mut files);
    for file in files {
        if file.ends_with("cli/serve.rs") {
            continue;
        }
        let text = read(&file);
        let mut names = shared.clone();
        names.extend(constants(&text));
        for call in calls(&text) {
            let (first, rest) = call.split_once(',').expect("a path and its handlers");
            let path = value(first.trim(), &names, &file);
            let mut any = false;
            for (word, method) in [
                ("get(", "GET"),
                ("post(", "POST"),
                ("put(", "PUT"),
                ("delete(", "DELETE"),
                ("patch(", "PATCH"),
            ] {
                if contains_word(rest, word) {
                    any = true;
                    routes.insert((path.clone(), method));
                }
            }
            assert!(
                any,
                "{path} in {} has no method that is read here",
                file.display()
            );
        }
    }
    routes
        .into_iter()
        .map(|(path, method)| (method, path))
        .collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a readable source")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// `const NAME: &str = "value";`
fn constants(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|line| {
            let (name, value) = line.split_once("const ")?.1.split_once(": &str = \"")?;
            Some((name.to_owned(), value.split('"').next()?.to_owned()))
        })
        .collect()
}

/// What stands between the parentheses of each `.route(…)`.
fn calls(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, start) in text.match_indices(".route(") {
        let rest = &text[at + start.len()..];
        let mut depth = 1;
        let end = rest.find(|c: char| {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        found.push(&rest[..end.expect("a closing parenthesis")]);
    }
    found
}

fn value(word: &str, names: &BTreeMap<String, String>, file: &Path) -> String {
    if let Some(literal) = word.strip_prefix('"') {
        return literal.trim_end_matches('"').to_owned();
    }
    let name = word.rsplit("::").next().unwrap_or(word);
    names
        .get(name)
        .unwrap_or_else(|| panic!("{word} in {} is no known path", file.display()))
        .clone()
}

fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

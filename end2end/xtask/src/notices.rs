//! What the licences of everything in the binary ask to be kept beside it: who made each part, and the
//! texts. Made of the packages as they lie on this machine, so that none is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::shell::{cargo, end2end, output, program};

/// The packages of the workspace whose parts ship, and for which target; none is this machine's.
const SHIPPED: [(&str, Option<&str>); 2] =
    [("server", None), ("app", Some("wasm32-unknown-unknown"))];
/// What the style sheet and the typeface are made of.
const FRONT_END: [&str; 2] = [
    "govuk-frontend",
    "@fontsource-variable/atkinson-hyperlegible-next",
];
/// How the names of files begin that say under what licence something is.
const TEXTS: [&str; 6] = [
    "LICENSE",
    "LICENCE",
    "COPYING",
    "UNLICENSE",
    "COPYRIGHT",
    "NOTICE",
];
/// Those that are asked for with the Apache License, whose text is there.
const BESIDE_APACHE: &[&str] = &["COPYRIGHT", "NOTICE"];
/// What the licence of libjpeg's authors asks to be said (jpeg-encoder).
const IJG: &str = "This software is based in part on the work of the Independent JPEG Group.";

/// A part that somebody else made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    licence: String,
    from: String,
    by: String,
    folder: PathBuf,
}

/// The file of notices.
///
/// # Errors
/// Where cargo does not say what there is.
pub fn text() -> Result<String, String> {
    let mut parts = BTreeSet::new();
    for (package, target) in SHIPPED {
        let target = match target {
            Some(target) => target.to_owned(),
            None => host()?,
        };
        let told = output(cargo().args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--filter-platform",
            &target,
        ]))?;
        let told = serde_json::from_str(&told).map_err(|error| format!("cargo: {error}."))?;
        parts.extend(shipped(&told, package));
    }
    for name in FRONT_END {
        parts.insert(npm(name).ok_or_else(|| format!("{name} is not installed."))?);
    }
    Ok(written(&parts))
}

fn host() -> Result<String, String> {
    let told = output(program("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "rustc does not say what machine this is.".to_owned())
}

/// Everything from elsewhere that is linked into a package of ours.
fn shipped(told: &Value, package: &str) -> BTreeSet<Part> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let by_id = |all: Vec<Value>| -> BTreeMap<String, Value> {
        let id = |one: &Value| one["id"].as_str().unwrap_or_default().to_owned();
        all.into_iter().map(|one| (id(&one), one)).collect()
    };
    let packages = by_id(list(&told["packages"]));
    let nodes = by_id(list(&told["resolve"]["nodes"]));
    let runs_only_here = |id: &str| {
        let kinds = |target: &Value| list(&target["kind"]).contains(&"proc-macro".into());
        packages
            .get(id)
            .is_some_and(|one| list(&one["targets"]).iter().any(kinds))
    };
    let mut wait: Vec<String> = packages
        .iter()
        .filter(|(_, one)| one["name"] == package && one["source"].is_null())
        .map(|(id, _)| id.clone())
        .collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = wait.pop() {
        for needs in nodes
            .get(&id)
            .map(|node| list(&node["deps"]))
            .unwrap_or_default()
        {
            let is_linked = list(&needs["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null());
            let other = needs["pkg"].as_str().unwrap_or_default().to_owned();
            if is_linked && !runs_only_here(&other) && seen.insert(other.clone()) {
                wait.push(other);
            }
        }
    }
    seen.iter()
        .filter_map(|id| packages.get(id))
        .filter(|one| !one["source"].is_null())
        .map(of_cargo)
        .collect()
}

fn of_cargo(one: &Value) -> Part {
    let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let by: Vec<_> = one["authors"].as_array().into_iter().flatten().collect();
    let by: Vec<_> = by.iter().filter_map(|name| name.as_str()).collect();
    Part {
        name: format!("{} {}", text("name"), text("version")),
        licence: text("license"),
        from: text("repository"),
        by: by.join(", "),
        folder: PathBuf::from(text("manifest_path"))
            .parent()
            .map(Path::to_path_buf)
            .unwrap_or_default(),
    }
}

fn npm(name: &str) -> Option<Part> {
    let folder = end2end().join("node_modules").join(name);
    let told = fs::read_to_string(folder.join("package.json")).ok()?;
    let told: Value = serde_json::from_str(&told).ok()?;
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    Some(Part {
        name: format!("{name} {}", text("version")),
        licence: text("license").to_owned(),
        from: text("homepage").to_owned(),
        by: String::new(),
        folder,
    })
}

/// Every part with its licence, then every text once with the parts that have it.
fn written(parts: &BTreeSet<Part>) -> String {
    let mut out = format!(
        "Soundings is under the Apache License, version 2.0 (LICENSE). It holds what is named here, \
         each under its own licence; where one may be chosen, the Apache License is. {IJG} The \
         source of what is under the Mozilla Public License is where each part is from.\n\n"
    );
    let mut texts: BTreeMap<String, (String, Vec<&str>)> = BTreeMap::new();
    for part in parts {
        let _ = writeln!(out, "{}: {}", part.name, part.licence);
        for (says, what) in [("by", &part.by), ("from", &part.from)] {
            if !what.is_empty() {
                let _ = writeln!(out, "  {says} {what}");
            }
        }
        for text in texts_in(&part.folder, beside(part)) {
            // The same words, however their lines are broken.
            let words: Vec<_> = text.split_whitespace().collect();
            let (_, of) = texts.entry(words.join(" ")).or_insert((text, Vec::new()));
            if of.last() != Some(&part.name.as_str()) {
                of.push(&part.name);
            }
        }
    }
    for (text, of) in texts.values() {
        let _ = write!(
            out,
            "\n{}\n{}\n\n{}\n",
            "-".repeat(78),
            of.join(", "),
            text.trim()
        );
    }
    out
}

/// Which files of a part are asked for.
fn beside(part: &Part) -> &'static [&'static str] {
    match part.licence.contains("Apache-2.0") && !part.licence.contains(" AND ") {
        true => BESIDE_APACHE,
        false => &TEXTS,
    }
}

/// The texts in a folder whose names begin like this, by name.
fn texts_in(folder: &Path, begin: &[&str]) -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            path.is_file() && begin.iter().any(|begins| name.starts_with(begins))
        })
        .collect();
    files.sort();
    files
        .iter()
        .filter_map(|file| fs::read(file).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked_is_named_and_what_only_builds_or_tests_is_not() {
        let told = serde_json::json!({
            "packages": [
                {"id": "us", "name": "server", "source": null, "targets": []},
                {"id": "a", "name": "curve", "version": "1.0.0", "source": "registry",
                 "license": "BSD-3-Clause", "authors": ["A. Person"], "repository": "https://a.example",
                 "manifest_path": "/nowhere/Cargo.toml", "targets": [{"kind": ["lib"]}]},
                {"id": "b", "name": "beneath", "version": "2.0.0", "source": "registry",
                 "license": "MIT", "targets": [{"kind": ["lib"]}]},
                {"id": "m", "name": "macros", "source": "registry", "targets": [{"kind": ["proc-macro"]}]},
                {"id": "t", "name": "tests", "source": "registry", "targets": []},
            ],
            "resolve": {"nodes": [
                {"id": "us", "deps": [
                    {"pkg": "a", "dep_kinds": [{"kind": null}]},
                    {"pkg": "m", "dep_kinds": [{"kind": null}]},
                    {"pkg": "t", "dep_kinds": [{"kind": "dev"}]},
                ]},
                {"id": "a", "deps": [{"pkg": "b", "dep_kinds": [{"kind": "build"}, {"kind": null}]}]},
            ]},
        });
        let parts = shipped(&told, "server");
        let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["beneath 2.0.0", "curve 1.0.0"]);
        let text = written(&parts);
        assert!(
            text.contains("curve 1.0.0: BSD-3-Clause\n  by A. Person\n  from https://a.example")
        );
    }

    #[test]
    fn the_notices_that_are_asked_for_are_there_once() {
        let text = text().expect("made");
        for needed in [
            "ed25519-dalek ",
            "curve25519-dalek ",
            "jpeg-encoder ",
            "govuk-frontend ",
            "@fontsource-variable/atkinson-hyperlegible-next ",
            IJG,
            "Redistributions in binary form must reproduce the above",
            "Mozilla Public License Version 2.0",
        ] {
            assert!(text.contains(needed), "{needed}");
        }
        let apache = text
            .matches("9. Accepting Warranty or Additional Liability.")
            .count();
        assert!(apache < 12, "{apache} of the one licence");
        assert!(text.len() < 1_000_000, "{}", text.len());
    }
}

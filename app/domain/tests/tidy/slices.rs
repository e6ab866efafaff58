//! The slices and what they use, in every layer, as the README draws them.

use std::fs;

use crate::graph::module_of;
use crate::none;
use crate::source::{code, files, named, root, shown};

/// The slices, each after those it uses. Within a layer a slice names no other; what lies in a lower
/// layer (`domain`), and any slice's rows, are there for everybody above.
pub const SLICES: [(&str, &[&str]); 9] = [
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
    (
        "poll",
        &["account", "consultation", "vote", "council", "insight"],
    ),
    (
        "response",
        &[
            "account",
            "consultation",
            "council",
            "moderation",
            "insight",
            "neighbourhood",
        ],
    ),
];

#[test]
fn slices_use_only_slices_that_the_readme_draws_above_them() {
    let mut found = Vec::new();
    for (at, (slice, uses)) in SLICES.iter().enumerate() {
        for named in *uses {
            let above = SLICES[..at].iter().any(|(name, _)| name == named);
            assert!(above, "{slice} uses {named}, which is not above it");
        }
        for layer in ["app/domain/src", "app/src", "server/src"] {
            let source = root().join(layer);
            for (path, text) in files(&source.join(slice), &[".rs"]) {
                let module = module_of(&source, &path);
                let code = code(&text);
                for one in named(&code, &module, &[]) {
                    let Some(first) = one.parts.first() else {
                        continue;
                    };
                    let known = SLICES.iter().any(|(name, _)| name == first);
                    let ground = match one.parts.get(1) {
                        Some(floor) => floor == "rows",
                        // Named as a whole: what is taken from it stands in the code.
                        None => only_rows(&code, &one.alias),
                    };
                    if known && first != slice && !ground && !uses.contains(&first.as_str()) {
                        found.push(format!("{slice} uses {first}: {}", shown(&path)));
                    }
                }
            }
        }
    }
    none(found);
}

/// Whether code takes nothing but rows from a slice that it names as a whole.
fn only_rows(code: &str, slice: &str) -> bool {
    let path = format!("{slice}::");
    code.match_indices(&path)
        .filter(|(at, _)| {
            let before = code[..*at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
        })
        .all(|(at, _)| code[at + path.len()..].starts_with("rows::"))
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

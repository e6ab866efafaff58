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
                for one in named(&code(&text), &module) {
                    let Some(first) = one.parts.first() else {
                        continue;
                    };
                    let known = SLICES.iter().any(|(name, _)| name == first);
                    let ground = one.parts.get(1).is_some_and(|floor| floor == "rows");
                    if known && first != slice && !ground && !uses.contains(&first.as_str()) {
                        found.push(format!("{slice} uses {first}: {}", shown(&path)));
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

//! The sources as text: files of a folder, code without comments and strings, and what its `use`
//! lines name.

use std::fs;
use std::path::{Path, PathBuf};

/// The whole repository's root.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    root.expect("app/domain lies two folders below").to_owned()
}

/// Every file of this ending below a folder, with its text.
pub fn files(below: &Path, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![below.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
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

/// Every Rust source of the repository.
pub fn sources() -> Vec<(PathBuf, String)> {
    ["app", "server", "entity", "migration", "end2end"]
        .into_iter()
        .flat_map(|folder| files(&root().join(folder), &[".rs"]))
        .collect()
}

/// A path below the root, as it is written in a message.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The code of a file without its comments, without what stands in quotation marks, and without the
/// tests at its end.
pub fn code(text: &str) -> String {
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .map(|line| {
            let parts = line.split('"').enumerate();
            parts
                .filter(|(at, _)| at % 2 == 0)
                .map(|(_, part)| part)
                .collect::<String>()
        })
        .collect::<Vec<_>>()
        .join("\n");
    match code.find("#[cfg(test)]\nmod ") {
        Some(tests) if !code[tests..].starts_with("#[cfg(test)]\nmod tests;") => {
            code[..tests].to_owned()
        }
        _ => code,
    }
}

/// Whether code names this crate or path as a whole word.
pub fn names(code: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let path = word.contains("::") || code[at + word.len()..].starts_with("::");
        path && !before.is_some_and(|c| inside(c) || c == ':') && !after.is_some_and(inside)
    })
}

/// A path as code names it, and whether the module only hands it on (`pub use`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its parts, from the crate's root on: `["consultation", "rows", "lock"]`.
    pub parts: Vec<String>,
    /// The name under which it is used here; `*` for a glob.
    pub alias: String,
    /// Whether it is handed on.
    pub handed_on: bool,
}

/// Everything of the crate itself that code names: in `use` lines and inside expressions.
/// `module` is where the code stands, `children` are the modules that it holds: their names begin a
/// path too.
pub fn named(code: &str, module: &[String], children: &[String]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut rest = String::with_capacity(code.len());
    let mut lines = code.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let trimmed = line.trim_start();
        let handed_on = trimmed.starts_with("pub use ") || trimmed.starts_with("pub(");
        let begins = trimmed.starts_with("use ")
            || trimmed.starts_with("pub use ")
            || (trimmed.starts_with("pub(") && trimmed.contains(") use "));
        if !begins {
            rest.push_str(line);
            continue;
        }
        let mut whole = trimmed.to_owned();
        while !whole.contains(';') {
            match lines.next() {
                Some(more) => whole.push_str(more),
                None => break,
            }
        }
        let tree = whole
            .split_once("use ")
            .map(|(_, tree)| tree.replace(['\n', ';'], " "))
            .unwrap_or_default();
        leaves(tree.trim(), "", &mut |leaf| {
            let (path, alias) = match leaf.split_once(" as ") {
                Some((path, alias)) => (path.trim(), alias.trim()),
                None => (leaf.trim(), ""),
            };
            if let Some(parts) = absolute(path, module, children) {
                let last = parts.last().cloned().unwrap_or_default();
                found.push(Named {
                    alias: if alias.is_empty() {
                        last
                    } else {
                        alias.to_owned()
                    },
                    parts,
                    handed_on,
                });
            }
        });
    }
    let starts = ["crate", "super"].into_iter().map(str::to_owned);
    for start in starts.chain(children.iter().cloned()) {
        for (at, _) in rest.match_indices(&format!("{start}::")) {
            let before = rest[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
                || rest[..at].ends_with("pub(in ")
            {
                continue;
            }
            let end = rest[at..]
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .map_or(rest.len(), |end| at + end);
            let path = rest[at..end].trim_end_matches(':');
            if let Some(parts) = absolute(path, module, children) {
                let alias = parts.last().cloned().unwrap_or_default();
                found.push(Named {
                    parts,
                    alias,
                    handed_on: false,
                });
            }
        }
    }
    found
}

/// Calls `leaf` with every path of a `use` tree.
fn leaves(tree: &str, before: &str, leaf: &mut impl FnMut(&str)) {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = format!("{before}{tree}");
        leaf(path.strip_suffix("::self").unwrap_or(&path));
        return;
    };
    let before = format!("{before}{}", &tree[..open]);
    let inside = &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())];
    let (mut depth, mut begins) = (0, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                leaves(&inside[begins..at], &before, leaf);
                begins = at + 1;
            }
            _ => {}
        }
    }
    if !inside[begins..].trim().is_empty() {
        leaves(&inside[begins..], &before, leaf);
    }
}

/// A path from the crate's root on; nothing for other crates and for what the module itself holds.
fn absolute(path: &str, module: &[String], children: &[String]) -> Option<Vec<String>> {
    let mut parts = path.split("::").map(str::trim).filter(|p| !p.is_empty());
    let mut out = match parts.next()? {
        "crate" => Vec::new(),
        "self" => module.to_vec(),
        "super" => module.split_last()?.1.to_vec(),
        child if children.iter().any(|one| one == child) => {
            let mut inside = module.to_vec();
            inside.push(child.to_owned());
            inside
        }
        _ => return None,
    };
    for part in parts {
        if part == "super" {
            out.pop();
        } else {
            out.push(part.to_owned());
        }
    }
    Some(out)
}

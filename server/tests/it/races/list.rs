//! The list of use cases, read from the program itself: each public function below a `commands` folder
//! that takes the application, a caller and a command. A new one is in it without being named.

use std::path::{Path, PathBuf};

/// A use case: its slice and its function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UseCase {
    pub slice: String,
    pub name: String,
}

impl std::fmt::Display for UseCase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}::{}", self.slice, self.name)
    }
}

/// Every use case, by slice and name.
pub fn all() -> Vec<UseCase> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for slice in std::fs::read_dir(&source).expect("sources").flatten() {
        let folder = slice.path().join("commands");
        if !folder.is_dir() {
            continue;
        }
        let slice = slice.file_name().to_string_lossy().into_owned();
        let mut files = Vec::new();
        collect(&folder, &mut files);
        for file in files {
            let text = std::fs::read_to_string(&file).expect("a readable source");
            for name in functions(&text) {
                found.push(UseCase {
                    slice: slice.clone(),
                    name,
                });
            }
        }
    }
    found.sort();
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The functions of this text that are use cases, by what they take.
fn functions(text: &str) -> Vec<String> {
    text.match_indices("pub async fn ")
        .filter_map(|(at, start)| {
            let rest = &text[at + start.len()..];
            let open = rest.find('(')?;
            let close = rest.find(')')?;
            let name = rest[..open].split('<').next()?.trim();
            let takes: String = rest[open..close].split_whitespace().collect();
            (takes.starts_with("(app:&App,") && takes.contains("caller:&Caller"))
                .then(|| name.to_owned())
        })
        .collect()
}

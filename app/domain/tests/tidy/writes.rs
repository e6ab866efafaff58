//! Permission is spent where it was given: whatever writes rows demands one, a method or a function, for
//! everybody or for the files beside it, and whatever it writes through.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::module_of;
use crate::none;
use crate::source::{code, files, root, shown};

/// What writes without anybody's permission, and why nobody's is needed.
const UNASKED: [(&str, &[&str]); 5] = [
    // The session layer keeps its own rows: a session is who asks, before anything is asked.
    (
        "account/rows/sessions.rs",
        &["insert", "update", "delete", "delete_expired"],
    ),
    // What has expired is nobody's any more.
    ("account/rows/links.rs", &["delete_expired"]),
    ("vote/rows/set_aside.rs", &["forget_sources"]),
    // Whoever carries an effect out has taken it, and holds what was taken.
    ("record/outbox.rs", &["take", "done", "failed", "forget"]),
    // At a start, before anybody is served.
    ("consultation/rows/regimes.rs", &["ensure"]),
];

const WRITES: [&str; 8] = [
    ".exec(",
    ".exec_without_returning(",
    ".execute_raw(",
    ".execute_unprepared(",
    ".insert(tx)",
    ".insert(db)",
    ".update(tx)",
    ".update(db)",
];

/// What is a permission in the head of a function.
const PERMISSIONS: [&str; 5] = [
    "Granted<",
    "Admitted<",
    "impl Permitted",
    "PermittedResponse<",
    "NewVote<",
];

/// A function of a file, or a method.
struct Function<'a> {
    name: &'a str,
    /// Its head, for a method with that of the `impl` that it stands in.
    head: String,
    body: &'a str,
    /// Whether another file can call it.
    is_public: bool,
}

impl Function<'_> {
    fn asks(&self) -> bool {
        PERMISSIONS.iter().any(|asked| self.head.contains(asked))
    }

    fn writes(&self) -> bool {
        WRITES.iter().any(|write| self.body.contains(write))
    }

    fn calls(&self, name: &str) -> bool {
        self.body.match_indices(name).any(|(at, _)| {
            let inside = |c: char| c.is_alphanumeric() || c == '_';
            let before = self.body[..at].chars().next_back();
            let after = &self.body[at + name.len()..];
            !before.is_some_and(inside) && (after.starts_with('(') || after.starts_with("::<"))
        })
    }
}

fn functions(code: &str) -> Vec<Function<'_>> {
    let mut found = Vec::new();
    let mut block = "";
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let from = at;
        at += line.len();
        let words = line.trim_start();
        let indent = &line[..line.len() - words.len()];
        if indent.is_empty() && (words.starts_with("impl") || words.starts_with("trait")) {
            block = code[from..].split('{').next().unwrap_or_default();
        }
        let plain = words
            .split_whitespace()
            .find(|word| !word.starts_with("pub") && !["async", "const", "super)"].contains(word));
        if plain != Some("fn") {
            continue;
        }
        let Some((head, rest)) = code[from..].split_once(" {\n") else {
            continue;
        };
        let name = head.split("fn ").nth(1).unwrap_or_default();
        let in_block = if indent.is_empty() { "" } else { block };
        found.push(Function {
            name: name.split(['(', '<']).next().unwrap_or_default(),
            head: format!("{in_block} {head}"),
            body: rest
                .split(&format!("\n{indent}}}"))
                .next()
                .unwrap_or_default(),
            is_public: words.starts_with("pub"),
        });
    }
    found
}

/// The functions that write and that other files can call, and whether each asks for permission: those
/// that do it themselves, and those that do it through others of this file which do not ask.
fn writers(code: &str) -> BTreeMap<String, bool> {
    let functions = functions(code);
    let mut write: BTreeSet<&str> = functions
        .iter()
        .filter(|one| one.writes())
        .map(|one| one.name)
        .collect();
    loop {
        let silent: Vec<&str> = functions
            .iter()
            .filter(|one| write.contains(one.name) && !one.asks())
            .map(|one| one.name)
            .collect();
        let through: Vec<&str> = functions
            .iter()
            .filter(|one| !write.contains(one.name))
            .filter(|one| silent.iter().any(|name| one.calls(name)))
            .map(|one| one.name)
            .collect();
        if through.is_empty() {
            break;
        }
        write.extend(through);
    }
    functions
        .iter()
        .filter(|one| one.is_public && write.contains(one.name))
        .map(|one| (one.name.to_owned(), one.asks()))
        .collect()
}

#[test]
fn whatever_writes_asks_for_permission() {
    let source = root().join("server/src");
    let (mut found, mut writes) = (Vec::new(), 0);
    let mut unasked = BTreeSet::new();
    for (path, text) in files(&source, &[".rs"]) {
        let module = module_of(&source, &path);
        let on_rows = module.get(1).is_some_and(|floor| floor == "rows");
        if !on_rows && module.first().is_none_or(|first| first != "record") {
            continue;
        }
        let shown = shown(&path).replacen("server/src/", "", 1);
        for (name, asks) in writers(&code(&text)) {
            if name.starts_with("lock") {
                continue;
            }
            writes += 1;
            let listed = UNASKED
                .iter()
                .any(|(file, names)| *file == shown && names.contains(&name.as_str()));
            if listed {
                unasked.insert(format!("{shown} {name}"));
            } else if !asks {
                found.push(format!("{shown}: {name} writes without permission"));
            }
        }
    }
    assert!(writes > 60, "functions that write are found: {writes}");
    let listed: usize = UNASKED.iter().map(|(_, names)| names.len()).sum();
    assert_eq!(unasked.len(), listed, "each exception is one: {unasked:?}");
    none(found);
}

#[test]
fn a_writer_is_found_wherever_it_stands_and_whatever_it_writes_through() {
    let code = "\
pub async fn asks(granted: &Granted<'_, Poll>) -> Result<(), DbErr> {
    row.exec(tx).await
}

pub async fn plain(
    db: &impl ConnectionTrait,
) -> Result<(), DbErr> {
    row.exec(db).await
}

pub(super) async fn beside(db: &Db) -> Result<(), DbErr> {
    row.exec(db).await
}

async fn private(db: &Db) -> Result<(), DbErr> {
    row.exec(db).await
}

async fn between(db: &Db) -> Result<(), DbErr> {
    private(db).await
}

pub async fn through(db: &Db) -> Result<(), DbErr> {
    between(db).await
}

pub async fn through_what_asks(granted: &Granted<'_, Poll>) -> Result<(), DbErr> {
    between(granted.tx()).await
}

async fn asks_itself(granted: &Granted<'_, Poll>) -> Result<(), DbErr> {
    row.exec(granted.tx()).await
}

pub async fn hands_it_on(by: &Whole<'_>) -> Result<(), DbErr> {
    asks_itself(by.granted()).await
}

pub fn reads(db: &Db) -> Private {
    not_private(db)
}

impl Rows {
    pub async fn method(&self, db: &Db) -> Result<(), DbErr> {
        row.exec(db).await
    }

    pub(crate) fn reads_too(&self) -> bool {
        true
    }
}

impl Granted<'_, Poll> {
    pub async fn of_what_was_granted(&self) -> Result<(), DbErr> {
        row.exec(self.tx()).await
    }
}
";
    let found: Vec<(String, bool)> = writers(code).into_iter().collect();
    let right = [
        ("asks", true),
        ("beside", false),
        ("method", false),
        ("of_what_was_granted", true),
        ("plain", false),
        ("through", false),
        ("through_what_asks", true),
    ];
    assert_eq!(found, right.map(|(name, asks)| (name.to_owned(), asks)));
}

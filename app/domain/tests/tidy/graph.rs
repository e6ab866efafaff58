//! Which file imports which, from the `use` lines and the paths inside the code, followed through
//! what modules hand on; and the circles among them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::source::{Named, code, files, named, root, shown};

/// The files of one crate and what they import of one another.
pub struct Graph {
    /// Every file by its module path (`consultation::rows`).
    pub modules: BTreeMap<Vec<String>, String>,
    /// Importer → imported, by file.
    pub imports: BTreeMap<String, BTreeSet<String>>,
    handed_on: BTreeMap<Vec<String>, Vec<Named>>,
}

/// The module path of a file below `src`.
pub fn module_of(source: &Path, file: &Path) -> Vec<String> {
    let relative = file.strip_prefix(source).unwrap_or(file).with_extension("");
    let mut parts: Vec<String> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if parts
        .last()
        .is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str()))
    {
        parts.pop();
    }
    parts
}

impl Graph {
    /// Reads the crate whose sources lie in this folder.
    pub fn read(folder: &str) -> Self {
        let source = root().join(folder);
        let sources: Vec<_> = files(&source, &[".rs"])
            .into_iter()
            .filter(|(path, _)| !path.ends_with("main.rs"))
            .map(|(path, text)| (module_of(&source, &path), path, text))
            .collect();
        let mut children: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for (module, _, _) in &sources {
            if let Some((name, parent)) = module.split_last() {
                children
                    .entry(parent.to_vec())
                    .or_default()
                    .push(name.clone());
            }
        }
        let mut modules = BTreeMap::new();
        let mut all = BTreeMap::new();
        let mut handed_on = BTreeMap::new();
        for (module, path, text) in &sources {
            let inside = children.get(module).map_or(&[][..], Vec::as_slice);
            let named = named(&code(text), module, inside);
            let on: Vec<Named> = named.iter().filter(|one| one.handed_on).cloned().collect();
            handed_on.insert(module.clone(), on);
            modules.insert(module.clone(), shown(path));
            all.insert(module.clone(), named);
        }
        let mut graph = Self {
            modules,
            imports: BTreeMap::new(),
            handed_on,
        };
        for (module, named) in all {
            let Some(from) = graph.modules.get(&module).cloned() else {
                continue;
            };
            let mut to = BTreeSet::new();
            for one in named {
                // A module that hands on what its children hold does not use it.
                if one.handed_on && one.parts.starts_with(&module) {
                    continue;
                }
                if let Some(file) = graph.file_of(&one.parts, 8)
                    && file != from
                {
                    to.insert(file);
                }
            }
            graph.imports.insert(from, to);
        }
        graph
    }

    /// The file in which a path is at home.
    pub fn file_of(&self, parts: &[String], depth: usize) -> Option<String> {
        let module = (0..=parts.len())
            .rev()
            .find(|n| self.modules.contains_key(&parts[..*n]))?;
        let (module, rest) = parts.split_at(module);
        if let Some(name) = rest.first()
            && depth > 0
            && let Some(on) = self
                .handed_on
                .get(module)
                .into_iter()
                .flatten()
                .find(|one| one.alias == *name)
        {
            let mut path = on.parts.clone();
            path.extend(rest.iter().skip(1).cloned());
            return self.file_of(&path, depth - 1);
        }
        self.modules.get(module).cloned()
    }

    /// Every circle: files that import one another, directly or by way of others.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let mut reach: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for from in self.imports.keys() {
            let mut seen = BTreeSet::new();
            let mut waiting = vec![from.as_str()];
            while let Some(at) = waiting.pop() {
                for to in self.imports.get(at).into_iter().flatten() {
                    if seen.insert(to.as_str()) {
                        waiting.push(to);
                    }
                }
            }
            reach.insert(from, seen);
        }
        let mut circles = BTreeSet::new();
        for (from, seen) in &reach {
            if !seen.contains(from) {
                continue;
            }
            let circle: Vec<String> = seen
                .iter()
                .filter(|to| reach.get(**to).is_some_and(|back| back.contains(from)))
                .map(|file| (*file).to_owned())
                .collect();
            circles.insert(circle);
        }
        circles.into_iter().collect()
    }
}

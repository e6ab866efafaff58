//! Which routes a journey has taken: every request of the journeys that was not refused beside every
//! row of the authorisation table.
//!
//! Invariant: no route is without a journey; who adds a route adds a journey.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{root, target};

/// Where the journeys note their requests.
pub fn file() -> PathBuf {
    target().join("journeys").join("visited")
}

/// Asks that every route of the table was taken.
///
/// # Errors
/// A sentence that names them.
pub fn check(noted: &Path) -> Result<(), String> {
    let table = fs::read_to_string(root().join("server/tests/it/authz.txt"))
        .map_err(|error| format!("The table of routes can't be read: {error}."))?;
    let noted = fs::read_to_string(noted)
        .map_err(|error| format!("The journeys noted nothing: {error}."))?;
    let routes: Vec<(&str, &str)> = table.lines().filter_map(two_words).collect();
    let routes: Vec<(&str, &str)> = routes
        .into_iter()
        .filter(|(method, path)| ["GET", "POST"].contains(method) && path.starts_with('/'))
        .collect();
    let taken: BTreeSet<(&str, &str)> = noted
        .lines()
        .filter_map(two_words)
        .filter_map(|(method, path)| {
            routes
                .iter()
                .copied()
                .filter(|(of, pattern)| *of == method && fits(pattern, path))
                // A written-out part is meant before a parameter.
                .min_by_key(|(_, pattern)| pattern.matches('{').count())
        })
        .collect();
    let without: Vec<String> = routes
        .iter()
        .filter(|route| !taken.contains(*route))
        .map(|(method, path)| format!("{method} {path}"))
        .collect();
    println!(
        "{} of {} routes are taken by a journey.",
        routes.len() - without.len(),
        routes.len()
    );
    if without.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "No journey takes these routes:\n  {}",
            without.join("\n  ")
        ))
    }
}

fn two_words(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    Some((words.next()?, words.next()?))
}

/// Whether a path is one of a route.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut parts, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(_)) if part.starts_with("{*") => return true,
            (Some(part), Some(given)) if part.starts_with('{') && !given.is_empty() => {}
            (Some(part), Some(given)) if part == given => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_path_is_of_the_route_whose_parts_it_has() {
        assert!(fits(
            "/consultations/{slug}/vote",
            "/consultations/a-b/vote"
        ));
        assert!(!fits("/consultations/{slug}/vote", "/consultations/a-b"));
        assert!(fits("/assets/{*path}", "/assets/fonts/a.woff2"));
        assert!(!fits("/areas/{code}", "/areas/"));
    }
}

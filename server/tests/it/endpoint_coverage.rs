//! A route without a row in the authorisation table fails, and so does a row without a route.

use std::collections::BTreeSet;

use crate::support::routes;

#[test]
fn every_route_has_its_row_in_the_authorisation_table() {
    let rows: BTreeSet<String> = include_str!("authz.txt")
        .lines()
        .filter(|line| line.contains(" /"))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let (method, path) = (words.next()?, words.next()?);
            ["GET", "POST", "PUT", "DELETE", "PATCH"]
                .contains(&method)
                .then(|| format!("{method} {path}"))
        })
        .collect();
    let routes: BTreeSet<String> = routes::all()
        .into_iter()
        .map(|(method, path)| format!("{method} {path}"))
        .collect();
    assert!(routes.len() > 60, "{}", routes.len());
    let missing: Vec<_> = routes.difference(&rows).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
    let stale: Vec<_> = rows.difference(&routes).collect();
    assert!(stale.is_empty(), "no route for {stale:?}");
}

//! Reading changes nothing: whoever asks for whatever page, every row of every table stays as it was.
//!
//! Apart from this stand a session’s own data and expiry, which go on with each request, and a session that
//! begins when a page keeps something for its reader.

use std::collections::BTreeSet;

use crate::authz::{ACTORS, arrange, concrete};
use crate::support::{TestApp, dump, on_both, routes};

/// Everything that is stored, but sessions.
async fn stored(app: &TestApp) -> BTreeSet<String> {
    let all = dump(app).await;
    all.into_iter()
        .filter(|line| !line.starts_with("session: "))
        .collect()
}

on_both! {
    async fn no_page_writes_anything_whoever_asks_for_it(app: &TestApp) {
        let (browsers, ids) = arrange(app).await;
        let before = stored(app).await;
        assert!(before.len() > 10_000, "only {} rows", before.len());
        let mut asked = 0;
        for (browser, (actor, _)) in browsers.iter().zip(ACTORS) {
            for route in routes::all().iter().filter(|route| route.0 == "GET") {
                // A closed consultation is decided on another day; its page is a page as any other.
                let page = browser.get(&concrete(route, &ids)).await;
                assert!(page.status < 500, "{} for {actor}: {}", page.path, page.status);
                asked += 1;
            }
            let after = stored(app).await;
            let changed: Vec<&String> = before.symmetric_difference(&after).take(4).collect();
            assert!(changed.is_empty(), "{actor} changed {changed:?} by reading");
        }
        assert!(asked > 700, "{asked}");
    }
}

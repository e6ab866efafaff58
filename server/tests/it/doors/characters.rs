//! Characters that no address of ours has, and that PostgreSQL does not take: at every route.

use crate::support::routes;
use crate::support::{Browser, Page, on_both};

/// A path with `what` for each parameter, for all of them and for each one alone.
fn with(path: &str, what: &str) -> Vec<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let is_parameter = |part: &str| part.starts_with('{');
    let fill = |only: Option<usize>| -> String {
        let filled: Vec<&str> = parts
            .iter()
            .enumerate()
            .map(|(at, part)| match is_parameter(part) {
                true if only.is_none_or(|only| only == at) => what,
                true => "1",
                false => part,
            })
            .collect();
        filled.join("/")
    };
    let one_by_one = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| is_parameter(part))
        .map(|(at, _)| fill(Some(at)));
    match path.contains('{') {
        true => one_by_one.chain([fill(None)]).collect(),
        false => Vec::new(),
    }
}

async fn ask(browser: &Browser, method: &str, path: &str) -> Page {
    match method {
        "GET" => browser.get(path).await,
        _ => browser.post(path, &[("entry", "1")]).await,
    }
}

on_both! {
    async fn an_address_with_a_character_that_no_address_has_is_nobodys_at_every_route(app: &TestApp) {
        app.app.limits.turn_off();
        let browsers = [
            app.anyone(),
            app.sign_in("officer@council.example").await,
            app.sign_in("administrator@council.example").await,
        ];
        let mut asked = 0;
        for (method, route) in routes::all() {
            for what in ["%00", "a%00b", "%0a", "%c2%85", "%ff", "%ed%a0%80"] {
                for path in with(&route, what) {
                    for browser in &browsers {
                        let page = ask(browser, method, &path).await;
                        assert_eq!(page.status, 404, "{method} {path}: {}", page.main_text());
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 2_000, "{asked}");
    }

    async fn nothing_odd_in_an_address_or_behind_it_is_a_fault(app: &TestApp) {
        app.app.limits.turn_off();
        let browsers = [
            app.anyone(),
            app.sign_in("officer@council.example").await,
            app.sign_in("north@police.example").await,
            app.sign_in("administrator@council.example").await,
        ];
        let names = ["q", "postcode", "ward", "topic", "stage", "page", "kind", "state", "next", "token",
            "statement", "theme", "change", "team", "role", "part", "ownership", "status", "step",
            "issued", "already", "mailed", "changed", "large"];
        let odd = ["%00", "a%00", "%ff", "%ef%bf%be", "%f4%8f%bf%bf", "-1", "9223372036854775808", "abc",
            "99999999999999999999999", "%27--", "%5c", "%25"];
        for (method, route) in routes::all() {
            for what in odd {
                let mut addresses = with(&route, what);
                if method == "GET" {
                    let query: Vec<String> = names.iter().map(|name| format!("{name}={what}")).collect();
                    let query = query.join("&");
                    addresses.push(format!("{}?{query}&{query}&%00=1", route.replace(['{', '}', '*'], "")));
                }
                for path in addresses {
                    for browser in &browsers {
                        let page = ask(browser, method, &path).await;
                        assert!(page.status < 500, "{method} {path}: {}", page.status);
                        assert!(method != "GET" || page.status != 400, "{method} {path}: 400");
                    }
                }
            }
        }
    }

    async fn what_a_query_can_not_say_is_left_out_of_it(app: &TestApp) {
        let anyone = app.anyone();
        for path in ["/consultations?q=a&q=b", "/consultations?topic=%00&page=abc", "/outcomes?page=abc",
            "/outcomes?page=-1&page=2", "/consultations?page=99999999999999999999", "/areas?postcode=%00"]
        {
            anyone.get(path).await.expect(200);
        }
        let found = anyone.get("/consultations?q=trees&q=%00&topic=%00").await.expect(200);
        assert_eq!(found.value("q"), "trees", "what can be read is read");
        anyone.get("/consultations/%00").await.expect(404);
        anyone.get("/consultations/trees/polls/abc").await.expect(404);
    }
}

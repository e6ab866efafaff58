//! One thing has one number, wherever it is said: on its own page, on the page of all, in what programs read.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Page, TestApp, on_both};

/// What is counted: of which consultation or poll, and what of it.
type Thing = (String, &'static str);

/// Everything that was said of a thing: the number, and where.
#[derive(Default)]
struct Said(BTreeMap<Thing, BTreeSet<(String, String)>>);

impl Said {
    fn add(&mut self, of: &str, what: &'static str, number: Option<String>, page: &str) {
        if let Some(number) = number {
            let said = self.0.entry((of.to_owned(), what)).or_default();
            said.insert((number, page.to_owned()));
        }
    }
}

/// The number that stands before these words, where one does; “fewer than 10” is none.
fn before(text: &str, words: &str) -> Option<String> {
    text.match_indices(words).find_map(|(at, _)| {
        let mut back = text[..at].split_whitespace().rev();
        let number = digits(back.next()?)?;
        (back.next() != Some("than")).then_some(number)
    })
}

/// The number of ballots of “386 of 1,204 on the register”.
fn of_the_register(text: &str) -> Option<String> {
    let (head, _) = text.split_once(" on the register (")?;
    digits(head.split_whitespace().rev().nth(2)?)
}

fn digits(word: &str) -> Option<String> {
    let bare = word.replace(',', "");
    bare.parse::<u64>().is_ok().then_some(bare)
}

/// Every page that somebody comes to by links from the home page, without what is downloaded.
async fn crawl(app: &TestApp) -> Vec<Page> {
    let reader = app.anyone();
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = vec!["/".to_owned()];
    while let Some(path) = next.pop() {
        let path = path.split('#').next().unwrap_or_default().to_owned();
        let ours = path.starts_with('/') && !path.starts_with("//");
        let other = ["/sign-in", "/documents/", "/site/"];
        if !ours || other.iter().any(|one| path.starts_with(one)) || !seen.insert(path.clone()) {
            continue;
        }
        let page = reader.get(&path).await;
        assert!(page.status < 500, "{path}: {}", page.status);
        if page.status != 200 {
            continue;
        }
        if page.header("content-type").starts_with("text/html") {
            next.extend(page.links());
            if path.ends_with("/result") || path.ends_with("/opinion") {
                next.push(format!("{path}.json"));
            }
        }
        pages.push(page);
    }
    pages
}

/// The slug and what comes after it.
fn of_consultation(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix("/consultations/")?;
    let rest = rest.split('?').next()?;
    Some(
        rest.split_once('/')
            .unwrap_or((rest.trim_end_matches(".json"), "")),
    )
}

fn read(said: &mut Said, page: &Page) {
    let path = page.path.as_str();
    if path.split('?').next() == Some("/outcomes") {
        table_of_all(said, page);
        return;
    }
    let Some((slug, part)) = of_consultation(path) else {
        return;
    };
    let text = page.main_text();
    let html = page.header("content-type").starts_with("text/html");
    match part {
        "outcome" => {
            said.add(slug, "responses", before(&text, " responses"), path);
            said.add(
                slug,
                "voters",
                before(&text, " people who voted on statements"),
                path,
            );
            said.add(slug, "ballots", before(&text, " ballots in its"), path);
        }
        "opinion" if html => {
            said.add(slug, "voters", before(&text, " people voted on"), path);
            said.add(slug, "voters", before(&text, " people cast about"), path);
            said.add(
                slug,
                "voters",
                before(&text, " people who voted are in a group"),
                path,
            );
            for row in page.texts(".app-opinion__table tbody tr") {
                let words: Vec<&str> = row.split_whitespace().collect();
                let letter = words
                    .windows(2)
                    .find(|two| two[0] == "Group")
                    .map(|two| two[1]);
                let number = words
                    .windows(2)
                    .find(|two| two[0] == "about")
                    .map(|two| two[1]);
                let (Some(letter), Some(number)) = (letter, number) else {
                    continue;
                };
                said.add(&format!("{slug} {letter}"), "group", digits(number), path);
            }
            for part in page.texts(".app-opinion__part") {
                let letter = part
                    .split_once("What group ")
                    .and_then(|(_, rest)| rest.split_whitespace().next());
                let Some(letter) = letter else { continue };
                let number = part
                    .split_once("bout ")
                    .and_then(|(_, rest)| rest.split_whitespace().next());
                said.add(
                    &format!("{slug} {letter}"),
                    "group",
                    number.and_then(digits),
                    path,
                );
            }
        }
        "opinion.json" => {
            let json: serde_json::Value = serde_json::from_str(&page.text()).expect("JSON");
            let number = |value: &serde_json::Value| shown(value).map(|one| one.to_string());
            let opinion = &json["opinion"];
            said.add(slug, "voters", number(&opinion["participants"]), path);
            for group in opinion["groups"].as_array().into_iter().flatten() {
                let letter = group["letter"].as_str().unwrap_or_default();
                said.add(
                    &format!("{slug} {letter}"),
                    "group",
                    number(&group["size"]),
                    path,
                );
            }
        }
        poll if poll.ends_with("/result.json") => {
            let json: serde_json::Value = serde_json::from_str(&page.text()).expect("JSON");
            let of = format!("{slug} {}", poll.trim_end_matches("/result.json"));
            let way = |name: &str| json["turnout"][name].as_u64();
            let cast = way("online")
                .zip(way("paper"))
                .map(|(web, paper)| web + paper);
            said.add(&of, "cast", cast.map(|cast| cast.to_string()), path);
        }
        poll if poll.ends_with("/result") => {
            let of = format!("{slug} {}", poll.trim_end_matches("/result"));
            said.add(&of, "cast", before(&text, " ballots: "), path);
            said.add(&of, "cast", of_the_register(&text), path);
        }
        _ => {}
    }
}

/// A number as a release writes it, wherever it is nested.
fn shown(value: &serde_json::Value) -> Option<u64> {
    match value {
        serde_json::Value::Number(number) => number.as_u64(),
        serde_json::Value::Object(fields) => fields.values().find_map(shown),
        _ => None,
    }
}

fn table_of_all(said: &mut Said, page: &Page) {
    let hrefs = page.attributes("main table tbody a", "href");
    let rows = page.texts("main table tbody tr");
    assert_eq!(hrefs.len(), rows.len(), "a link for each row");
    let cells = page.texts("main table tbody td, main table tbody th");
    let wide = cells.len() / rows.len().max(1);
    for (row, href) in cells.chunks(wide).zip(&hrefs) {
        let (slug, _) = of_consultation(href).expect("a consultation");
        said.add(slug, "responses", digits(&row[4]), &page.path);
        said.add(slug, "voters", digits(&row[5]), &page.path);
        said.add(
            slug,
            "ballots",
            before(&row[6], " ballots in its"),
            &page.path,
        );
    }
}

on_both! {
    async fn one_thing_has_one_number_wherever_it_is_said(app: &TestApp) {
        app.with_demonstration().await;
        app.fresh();
        let pages = crawl(app).await;
        assert!(pages.len() > 60, "{} pages", pages.len());
        let mut said = Said::default();
        for page in &pages {
            read(&mut said, page);
        }
        for (thing, numbers) in &said.0 {
            let different: BTreeSet<&String> = numbers.iter().map(|(number, _)| number).collect();
            assert_eq!(different.len(), 1, "{thing:?}: {numbers:?}");
        }
        let twice = |what: &str| {
            let of = said.0.iter().filter(|((_, one), _)| *one == what);
            of.filter(|(_, numbers)| numbers.len() > 1).count()
        };
        for (what, least) in [("responses", 2), ("voters", 2), ("ballots", 1), ("group", 2), ("cast", 2)] {
            assert!(twice(what) >= least, "{what}: {:?}", said.0.keys().collect::<Vec<_>>());
        }
        // The ballots of a consultation are those of its polls.
        let youth = "youth-centre-what-should-it-be-for";
        let one = |of: &str, what: &'static str| {
            let numbers = said.0.get(&(of.to_owned(), what));
            numbers.and_then(|all| all.first()).and_then(|(number, _)| number.parse::<u64>().ok())
        };
        let polls: u64 = (1..=3)
            .filter_map(|number| one(&format!("{youth} polls/{number}"), "cast"))
            .sum();
        let all = one(youth, "ballots").expect("said");
        assert!(polls > 0 && polls <= all, "{polls} of {all}");
    }
}

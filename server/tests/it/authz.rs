//! Who gets where: every route asked for by every role, kept as a table in `authz.txt` that an
//! officer can read. `SOUNDINGS_UPDATE=1` writes it again; the difference is then reviewed.

use axum::http::Method;

use crate::consultation::approve;
use crate::support::routes::{self, Route};
use crate::support::{Browser, TestApp, on_both};

const TABLE: &str = include_str!("authz.txt");

/// Column and who stands for it; the first is nobody.
pub const ACTORS: [(&str, &str); 11] = [
    ("anyone", ""),
    ("officer", "officer@council.example"),
    ("other", "group@voluntary.example"),
    ("approver", "approver@council.example"),
    ("moderat.", "moderator@council.example"),
    ("analyst", "analyst@council.example"),
    ("councill.", "councillor@council.example"),
    ("police N", "north@police.example"),
    ("police S", "south@police.example"),
    ("admin.", "administrator@council.example"),
    ("auditor", "auditor@council.example"),
];

const LEGEND: &str = "\
Every route of the program, asked for by every role.

yes      done or shown: a page, or a redirect after it was done
errors   422: permitted so far, and the page again with what is wrong with what was sent
gone     410: a link that has been used or has run out
sign in  sent to the sign-in page
unread   400: what was sent has none of the form's own fields
no       403: it exists, and is not for this person
-        404: this person may not know that it exists

“other” is an officer of another organisation. Consultations are taken in the stage in which the
step is possible; a concern is one in the area of the northern police team.
";

/// The address with something of the demonstration in place of each parameter.
pub fn concrete(route: &Route, ids: &Ids) -> String {
    let (method, path) = route;
    let part = path.rsplit_once("{slug}/").map_or("", |(_, part)| part);
    let slug = match part {
        "polls" | "polls/new" => DRAFT,
        "polls/{number}/publish" | "polls/{number}/result" | "polls/{number}/result.json" => POLLED,
        "polls/{number}/paper-votes" => POLLING,
        "polls/{number}/ballots.json" => POLLED,
        part if part.starts_with("polls/{number}") && path.starts_with("/consultations") => POLLING,
        part if part.starts_with("polls/{number}") => DRAFT,
        "{section}" | "{section}/remove" | "statements/open" | "submit" => DRAFT,
        "approve" | "send-back" | "withdraw" | "publish" => IN_REVIEW,
        "answer" | "answer/theme" | "answer/remove" | "answer/publish" | "decide"
        | "opinion/{file}" => CLOSED,
        "promise" | "outcome" => DECIDED,
        "" if path.starts_with("/desk") && *method == "GET" => DRAFT,
        "preview" => DRAFT,
        _ => OPEN,
    };
    let id = if path.starts_with("/desk/concerns") {
        ids.concern
    } else if path.starts_with("/desk/letters") {
        ids.letter
    } else if path.starts_with("/desk/teams") {
        ids.team.parse().expect("a number")
    } else if path.ends_with("/invitation") {
        ids.invited
    } else {
        ids.colleague
    };
    let query = if *method == "GET" && path.ends_with("/roles/remove") {
        format!("?team={}&role=analyst", ids.team)
    } else {
        String::new()
    };
    let path = path
        .replace("{slug}", slug)
        .replace("polls/{number}/publish", "polls/3/publish")
        .replace("polls/{number}/{section}", "polls/1/question")
        .replace("{number}", "1")
        .replace("{section}/remove", "options/remove")
        .replace("{section}", "scope")
        .replace("{id}", &id.to_string())
        .replace("{code}", &ids.ward)
        .replace("{token}", "unknown")
        .replace("{file}", "summary.csv")
        .replace("{*path}", "none.css");
    path + &query
}

const OPEN: &str = "station-quarter-a-brief-for-the-old-goods-yard";
const DRAFT: &str = "bicycle-routes-to-the-hospital";
const IN_REVIEW: &str = "shade-and-trees-in-the-town-centre";
const CLOSED: &str = "library-opening-hours";
const POLLING: &str = "neighbourhood-fund-what-should-we-pay-for";
const POLLED: &str = "youth-centre-what-should-it-be-for";
const DECIDED: &str = "a-crossing-for-priory-road";

/// What stands in place of the parameters of addresses.
pub struct Ids {
    /// Which text waits for approval.
    submission: String,
    /// The poll that is removed, as it was read.
    poll_read: String,
    concern: i64,
    /// A letter that waits to be sent.
    letter: i64,
    ward: String,
    invited: i64,
    colleague: i64,
    team: String,
}

impl Ids {
    /// The version that the form of this address carries.
    fn version(&self, path: &str) -> String {
        let approves = path.ends_with("/approve");
        if approves {
            self.submission.clone()
        } else {
            String::new()
        }
    }

    /// What the form of this address carries of what was read.
    fn read(&self, path: &str) -> String {
        let removes = path.ends_with("/polls/1/remove");
        if removes {
            self.poll_read.clone()
        } else {
            String::new()
        }
    }
}

/// The demonstration, a browser of each of [`ACTORS`], and what they ask for.
pub async fn arrange(app: &TestApp) -> (Vec<Browser>, Ids) {
    app.with_demonstration().await;
    app.app.limits.turn_off();
    let mut browsers = Vec::new();
    for (_, email) in ACTORS {
        browsers.push(match email {
            "" => app.anyone(),
            email => app.sign_in(email).await,
        });
    }
    let administrator = app.sign_in("administrator@council.example").await;
    let form = administrator.get("/desk/people/invite").await.expect(200);
    let team = form.attributes("select[name=team] option", "value")[1].clone();
    let new = [
        ("name", "Nia Rowe"),
        ("email", "nia@council.example"),
        ("team", team.as_str()),
        ("role", "analyst"),
    ];
    let made = administrator
        .submit(&form, "main form", &new)
        .await
        .expect(303);
    let invited = made.location().expect("a page");
    let colleague = app.person("analyst@council.example").await;
    let page = administrator
        .get(&format!("/desk/people/{colleague}"))
        .await
        .expect(200);
    let planning = page
        .links()
        .iter()
        .find_map(|link| {
            Some(
                link.split_once("remove?team=")?
                    .1
                    .split_once('&')?
                    .0
                    .to_owned(),
            )
        })
        .expect("a role to take away");
    let queue = app
        .sign_in("north@police.example")
        .await
        .get("/desk/concerns")
        .await
        .expect(200);
    let concern = queue
        .links()
        .iter()
        .find_map(|link| link.strip_prefix("/desk/concerns/")?.parse().ok())
        .expect("a concern in the north");
    let view = app.sign_in("north@police.example").await;
    let areas = view.get("/desk/concerns").await.links();
    let ward = areas
        .iter()
        .find_map(|link| link.strip_prefix("/desk/concerns/areas/"))
        .expect("a ward in the north")
        .to_owned();
    let in_review = app
        .sign_in("approver@council.example")
        .await
        .get(&format!("/desk/consultations/{IN_REVIEW}"))
        .await
        .expect(200);
    let poll = app
        .sign_in("officer@council.example")
        .await
        .get(&format!("/desk/consultations/{DRAFT}/polls/1/remove"))
        .await
        .expect(200);
    let ids = Ids {
        poll_read: poll.value("read"),
        submission: in_review
            .attributes("form[action$='/approve'] input[name=version]", "value")
            .concat(),
        concern,
        letter: app.letter_ids().await.pop().expect("an invitation"),
        ward,
        invited: invited
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .expect("a number"),
        colleague: app.person("analyst@council.example").await.0,
        team: planning,
    };
    (browsers, ids)
}

/// Answers the closed consultation, so that it can be decided.
async fn answer(app: &TestApp) {
    let officer = app.sign_in("officer@council.example").await;
    let desk = format!("/desk/consultations/{CLOSED}/answer");
    let form = officer.get(&format!("{desk}/theme")).await.expect(200);
    let theme = [
        ("title", "Saturday"),
        ("we_asked", "When?"),
        ("you_said", "Open on Saturdays."),
        ("outcome", "did"),
        ("we_did", "It opens."),
        ("because", "Most asked for it."),
    ];
    officer.submit(&form, "main form", &theme).await.expect(303);
    let page = officer.get(&desk).await.expect(200);
    officer
        .submit(&page, "form[action$='/publish']", &[])
        .await
        .expect(303);
}

async fn outcome(app: &TestApp, ids: &Ids, browser: &Browser, route: &Route) -> String {
    let path = &concrete(route, ids);
    let decides = path.ends_with("/decide");
    let page = if route.0 == "GET" && !decides {
        browser.get(path).await
    } else {
        // What one request does must not be seen by the next one, so each has a copy of its own.
        let fork = app.fork().await;
        let own = fork.take_over(browser);
        if path.ends_with(&format!("{IN_REVIEW}/publish")) {
            let approver = fork.sign_in("approver@council.example").await;
            approve(&approver, IN_REVIEW).await.expect(303);
        }
        if decides {
            answer(&fork).await;
        }
        let page = if route.0 == "GET" {
            own.get(path).await
        } else {
            own.post(
                path,
                &[
                    ("theme", "1"),
                    ("id", "1"),
                    ("entry", "1"),
                    ("item", "1"),
                    ("team", &ids.team),
                    ("role", "analyst"),
                    ("reason", "unread"),
                    ("set-aside", "yes"),
                    ("version", &ids.version(path)),
                    ("read", &ids.read(path)),
                ],
            )
            .await
        };
        fork.finish().await;
        page
    };
    let signs_in = page.location().is_some_and(|to| to.starts_with("/sign-in"));
    match page.status {
        303 if signs_in && route.1 != "/sign-out" => "sign in".to_owned(),
        401 if page.links().contains(&"/sign-in".to_owned()) => "sign in".to_owned(),
        400 => "unread".to_owned(),
        403 => "no".to_owned(),
        404 => "-".to_owned(),
        // The page again with what is wrong: whoever may not do it never gets so far.
        422 => "errors".to_owned(),
        410 => "gone".to_owned(),
        200 | 303 => "yes".to_owned(),
        other => panic!("{route:?} answers {other}: {}", page.main_text()),
    }
}

#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says() {
    let app = TestApp::on_sqlite().await;
    let (browsers, ids) = arrange(&app).await;
    let mut table = format!("{LEGEND}\n{:<58}", "");
    for (name, _) in ACTORS {
        table.push_str(&format!("{name:<10}"));
    }
    table = format!("{}\n", table.trim_end());
    for route in routes::all() {
        let mut row = format!("{:<5}{:<53}", route.0, format!("{} ", route.1));
        for browser in &browsers {
            row.push_str(&format!(
                "{:<10}",
                outcome(&app, &ids, browser, &route).await
            ));
        }
        table.push_str(row.trim_end());
        table.push('\n');
    }
    app.finish().await;
    if std::env::var_os("SOUNDINGS_UPDATE").is_some() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/authz.txt");
        std::fs::write(file, &table).expect("the table is written");
        return;
    }
    for (now, kept) in table.lines().zip(TABLE.lines()) {
        assert_eq!(now, kept);
    }
    assert_eq!(table, TABLE);
}

on_both! {
    async fn no_form_from_another_site_is_taken(app: &TestApp) {
        app.app.limits.turn_off();
        let administrator = app.sign_in("administrator@council.example").await;
        let mut posts = 0;
        for (method, path) in routes::all() {
            if method == "GET" {
                continue;
            }
            posts += 1;
            let path = path.replace(['{', '}', '*'], "");
            let answer = administrator.post_cross_site(&path, &[]).await;
            assert_eq!(answer.status, 403, "{path}");
            // Older browsers send no Sec-Fetch-Site; their Origin is enough.
            let request = administrator
                .request(Method::POST, &path)
                .header("origin", "https://elsewhere.example")
                .body(axum::body::Body::empty())
                .expect("a request");
            assert_eq!(administrator.send(request).await.status, 403, "{path}");
        }
        assert!(posts > 20, "{posts}");
        administrator.get("/desk").await.expect(200);
    }
}

#[tokio::test]
async fn every_page_has_its_security_headers_and_asks_no_other_host_for_anything() {
    let app = TestApp::on_sqlite().await;
    let (browsers, ids) = arrange(&app).await;
    let mut seen = 0;
    for route in routes::all().iter().filter(|route| route.0 == "GET") {
        let path = concrete(route, &ids);
        for browser in &browsers[..2] {
            let page = browser.get(&path).await;
            let policy = page.header("content-security-policy");
            assert!(policy.contains("default-src 'none'"), "{path}");
            assert!(!policy.contains("unsafe-inline"), "{path}");
            assert!(policy.contains("frame-ancestors 'none'"), "{path}");
            assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
            if !page.header("content-type").starts_with("text/html") {
                continue;
            }
            seen += 1;
            assert!(!page.has("[style], style, script:not([src])"), "{path}");
            assert!(
                !page.has("[onclick], [onload], [onsubmit], [onchange]"),
                "{path}"
            );
            for (selector, name) in [
                (
                    "script, img, iframe, source, video, audio, embed, input",
                    "src",
                ),
                ("link", "href"),
                ("object", "data"),
                ("form", "action"),
                ("img, source", "srcset"),
            ] {
                for address in page.attributes(selector, name) {
                    let ours = (address.starts_with('/') && !address.starts_with("//"))
                        || address.starts_with("data:")
                        || address.starts_with(crate::support::BASE_URL)
                        || address.starts_with(['?', '#']);
                    assert!(ours, "{path} asks for {address}");
                }
            }
        }
    }
    app.finish().await;
    assert!(seen > 50, "{seen}");
}

//! What everybody may see of counts of people: nothing tells two readings around one person apart.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::ids::StatementId;
use domain::vote::statement::Vote;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::granted::Caller;
use server::vote::commands::{CastVote, cast_vote};

use crate::neighbourhood::{raise, wards};
use crate::response::asked::{open, open_with};
use crate::support::{TestApp, on_both};

const OPEN: &str = "station-quarter-a-brief-for-the-old-goods-yard";
const FUND: &str = "neighbourhood-fund-what-should-we-pay-for";

/// The most pages that are read.
const MOST: usize = 400;

/// What anybody reads by following links from the front page, and what machines read beside it.
async fn everything(app: &TestApp) -> BTreeMap<String, String> {
    app.fresh();
    let mut waiting: VecDeque<String> = [
        "/",
        "/consultations",
        "/consultations.atom",
        "/outcomes",
        "/areas",
        &format!("/consultations/{OPEN}/opinion"),
        &format!("/consultations/{FUND}/polls/2"),
    ]
    .map(str::to_owned)
    .into();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut read = BTreeMap::new();
    while let Some(path) = waiting.pop_front() {
        let page = app.anyone().get(&path).await;
        assert!(page.status < 500, "{path}");
        let html = page.header("content-type").starts_with("text/html");
        // Forms carry a new key each time.
        let text = if html { page.main_text() } else { page.text() };
        let text = format!("{} {text}", page.status);
        let mut next: Vec<String> = if html { page.links() } else { Vec::new() };
        if path.ends_with("/opinion") {
            next.push(format!("{path}.json"));
        }
        let poll = path.split("/polls/").nth(1);
        if poll.is_some_and(|rest| rest.ends_with("/result")) {
            next.push(format!("{path}.json"));
        } else if poll.is_some_and(|number| !number.contains('/')) {
            next.push(format!("{path}/result"));
        }
        read.insert(path, text);
        for link in next {
            let link = link.split(['#', '?']).next().unwrap_or_default().to_owned();
            let page = link.starts_with('/')
                && !["/assets", "/documents", "/desk", "/sign-in"]
                    .iter()
                    .any(|out| link.starts_with(out))
                // A ballot paper and the next statement are one voter's own.
                && !link.ends_with("/paper")
                && !link.ends_with("/vote")
                && seen.len() < MOST;
            if page && seen.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    read
}

/// Says where two readings of a page differ.
fn same(path: &str, one: &str, other: Option<&String>) {
    let other = other.map_or("", String::as_str);
    if one != other {
        let at = one
            .bytes()
            .zip(other.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let near = |text: &str| {
            text.chars()
                .skip(at.saturating_sub(60))
                .take(160)
                .collect::<String>()
        };
        panic!("{path}: {:?} and {:?}", near(one), near(other));
    }
}

fn all_same(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    for (path, text) in one {
        same(path, text, other.get(path));
    }
    let more: Vec<&String> = other
        .keys()
        .filter(|path| !one.contains_key(*path))
        .collect();
    assert!(more.is_empty(), "{more:?}");
}

/// One more person does everything that one can do without an account.
async fn one_more(app: &TestApp, ward: &str) {
    raise(app, ward, &[]).await;
    let added = workshop::load::load(&app.app, OPEN, 1)
        .await
        .expect("loaded")
        .added;
    assert_eq!(added, 1);
    let open = server::consultation::rows::by_slug(app.app.db.read(), OPEN).await;
    let id = open.expect("reads").expect("a consultation").id;
    let statement = entity::statement::Entity::find()
        .filter(entity::statement::Column::ConsultationId.eq(id.0))
        .filter(entity::statement::Column::State.eq("approved"))
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("a statement");
    let vote = CastVote {
        on: OPEN.to_owned(),
        token: "somebody else".to_owned(),
        statement: StatementId(statement.id),
        vote: Vote::Agree,
        from: None,
    };
    cast_vote(&app.app, &Caller::anyone(app.app.clock.now()), vote)
        .await
        .expect("voted");
    let voter = app.anyone();
    let at = |part: &str| format!("/consultations/{FUND}/polls/2{part}");
    let paper = voter.get(&at("/paper")).await.expect(200);
    let check = voter
        .submit(
            &paper,
            "main form.app-ballot",
            &[("mark-5", "1"), ("mark-4", "2")],
        )
        .await;
    let cast = voter
        .submit(
            &check.expect(200),
            &format!("form[action='{}']", at("/cast")),
            &[],
        )
        .await;
    cast.expect(303);
}

#[tokio::test]
async fn two_readings_around_one_person_are_the_same() {
    let without = TestApp::on_sqlite().await;
    without.with_demonstration().await;
    let ward = wards(&without).await.0;
    let before = everything(&without).await;
    assert!(before.len() > 60, "{}", before.len());
    for page in [
        "/outcomes".to_owned(),
        format!("/consultations/{OPEN}/opinion.json"),
        format!("/consultations/{FUND}/polls/2/result.json"),
    ] {
        assert!(before.contains_key(&page), "{page}");
    }
    let with = without.fork().await;
    one_more(&with, &ward).await;
    with.release().await;
    let after = everything(&with).await;
    all_same(&before, &after);
    // Nor the next day, beside a world in which that person did nothing.
    without.later(25);
    without.release().await;
    with.release().await;
    let (without_them, with_them) = (everything(&without).await, everything(&with).await);
    all_same(&without_them, &with_them);
    with.finish().await;
    without.finish().await;
}

/// So many people respond and vote.
async fn took_part(app: &TestApp, slug: &str, many: u64) {
    workshop::load::load(&app.app, slug, many)
        .await
        .expect("loaded");
    let db = app.app.db.read();
    let on = server::consultation::rows::by_slug(db, slug).await;
    let on = on.expect("reads").expect("a consultation").id;
    let statement = entity::statement::Entity::find()
        .filter(entity::statement::Column::ConsultationId.eq(on.0))
        .one(db)
        .await
        .expect("reads")
        .expect("a statement");
    for voter in 0..many {
        let vote = CastVote {
            on: slug.to_owned(),
            token: format!("voter {voter}"),
            statement: StatementId(statement.id),
            vote: Vote::Agree,
            from: None,
        };
        let caller = Caller::anyone(app.app.clock.now());
        cast_vote(&app.app, &caller, vote).await.expect("voted");
    }
}

#[tokio::test]
async fn nobody_is_told_apart_from_one_nor_eight_from_nine_while_it_goes_on_and_when_it_has_ended()
{
    for (few, more) in [(0, 1), (1, 9)] {
        let one = TestApp::on_sqlite().await;
        one.marked().await;
        let asked = open_with(&one.app, &["The kerb is too high."]).await;
        let other = one.fork().await;
        took_part(&one, &asked.slug, few).await;
        took_part(&other, &asked.slug, more).await;
        for hours in [25, 31 * 24] {
            one.later(hours);
            for path in ["opinion", "opinion.json", "outcome"].map(|part| asked.path(part)) {
                let mut read = Vec::new();
                for app in [&one, &other] {
                    app.release().await;
                    let page = app.anyone().get(&path).await;
                    read.push(format!("{} {}", page.status, page.text()));
                }
                same(&path, &read[0], read.get(1));
            }
        }
        one.finish().await;
        other.finish().await;
    }
}

on_both! {
    async fn what_goes_on_is_released_in_the_night_and_at_no_other_moment(app: &TestApp) {
        app.marked().await;
        let asked = open(&app.app).await;
        let loaded = async |n: u64| {
            workshop::load::load(&app.app, &asked.slug, n).await.expect("loaded");
        };
        // The hours until a round releases anything, a round an hour.
        let until_released = async || {
            for hours in 1..30 {
                let before = app.app.clock.now();
                app.later(1);
                let made = server::jobs::release_round(&app.app, before).await;
                if made.expect("released") > 0 {
                    return hours;
                }
            }
            0
        };
        let hour = || app.app.clock.now().in_tz("Europe/London").expect("a zone").hour();
        loaded(13).await;
        assert_ne!(until_released().await, 0);
        assert_eq!(hour(), 3);
        // Ten more come within the hour: it is not said before the next night.
        loaded(40).await;
        let before = app.app.clock.now();
        app.app.clock.shift(60);
        let soon = server::jobs::release_round(&app.app, before).await;
        assert_eq!(soon.expect("released"), 0);
        assert!((23..=25).contains(&until_released().await));
        assert_eq!(hour(), 3);
        // What has ended is not kept waiting.
        app.later(31 * 24 + 8);
        assert!(hour() > 4);
        let before = app.app.clock.now();
        let ended = server::jobs::release_round(&app.app, before).await;
        assert!(ended.expect("released") > 0);
    }

    async fn it_takes_ten_more_and_another_day(app: &TestApp) {
        app.marked().await;
        let asked = open(&app.app).await;
        let responses = async || {
            app.fresh();
            let page = app.anyone().get("/outcomes").await.expect(200);
            let cells = page.texts("main tbody td");
            cells.get(3).or(cells.last()).cloned().unwrap_or_default()
        };
        let loaded = async |n: u64| {
            workshop::load::load(&app.app, &asked.slug, n).await.expect("loaded");
        };
        loaded(9).await;
        assert_eq!(app.release().await, 0);
        assert_eq!(responses().await, "under 10");
        loaded(13).await;
        assert_eq!(app.release().await, 1);
        assert_eq!(responses().await, "15");
        loaded(40).await;
        assert_eq!(app.release().await, 0, "the same day");
        app.later(25);
        assert_eq!(app.release().await, 1);
        assert_eq!(responses().await, "40");
        loaded(49).await;
        app.later(25);
        assert_eq!(app.release().await, 0, "nine more");
        // Two who release at one moment make one release.
        loaded(60).await;
        let other = app.another().await;
        let (one, two) = tokio::join!(
            server::jobs::release_due(&app.app),
            server::jobs::release_due(&other),
        );
        assert_eq!(one.expect("released") + two.expect("released"), 1);
        other.db.close().await;
        assert_eq!(responses().await, "60");
        // At the close everything that may be shown, once; what is not shown is not there.
        app.later(31 * 24);
        assert_eq!(app.release().await, 2, "responses and votes");
        assert_eq!(app.release().await, 0);
        app.fresh();
        let page = app.anyone().get(&asked.path("outcome")).await.expect(200);
        assert!(page.main_text().contains("About 60 responses"), "{}", page.main_text());
        let kept = entity::release::Entity::find().all(app.app.db.read()).await.expect("reads");
        assert_eq!(kept.iter().filter(|one| one.cells.contains("\"label\"")).count(), 1);
    }
}

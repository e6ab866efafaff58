//! The demonstration: everything on its pages came through the use cases, nothing of it comes into a
//! database that is real, and nothing of it is in the program that a council runs.

use std::path::Path;
use std::process::Command;

use domain::account::Role;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use server::cli::CliError;
use server::record::demonstration;
use workshop::seed;

use crate::support::{TestApp, on_both};

on_both! {
    async fn the_demonstration_shows_every_stage_and_is_made_once(app: &TestApp) {
        app.with_demonstration().await;
        app.with_demonstration().await;
        app.fresh();
        let anyone = app.anyone();
        let home = anyone.get("/").await.expect(200);
        let text = home.main_text();
        for part in ["old goods yard", "Local plan", "A crossing for Priory Road"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(home.has(".app-demo"));
        let ward = anyone.get("/areas?postcode=DY1+1HF").await.expect(303);
        anyone.get(&ward.location().expect("a ward")).await.expect(200);
        let hub = anyone.get("/consultations").await.expect(200).main_text();
        assert_eq!(hub.matches("a brief for the old goods yard").count(), 1, "{hub}");
        assert!(!hub.contains("Bicycle routes"), "a draft is not public: {hub}");
        let outcome = anyone
            .get("/consultations/a-crossing-for-priory-road/outcome")
            .await
            .expect(200)
            .main_text();
        assert!(outcome.contains("You said"), "{outcome}");
    }

    async fn what_it_says_belongs_to_its_consultation_and_is_said_once(app: &TestApp) {
        app.with_demonstration().await;
        app.fresh();
        let anyone = app.anyone();
        let slugs = [
            "a-crossing-for-priory-road",
            "the-saturday-market-where-should-it-stand",
            "who-gets-the-new-allotments",
            "school-streets-no-cars-at-the-school-bell",
            "library-opening-hours",
        ];
        let mut quoted = std::collections::BTreeSet::new();
        for slug in slugs {
            let page = anyone.get(&format!("/consultations/{slug}/outcome")).await.expect(200);
            let words = page.texts(".app-quote__words");
            assert!(words.len() >= 8, "{slug}: {words:?}");
            for one in words {
                assert!(quoted.insert(one.clone()), "{slug} says again: {one}");
            }
            let text = page.main_text();
            assert!(!text.contains("storeys"), "{text}");
        }
        let crossing = anyone.get("/consultations/a-crossing-for-priory-road/outcome").await;
        let text = crossing.main_text();
        assert!(!text.contains("toilet"), "{text}");
        assert!(text.contains("Kept.") && text.contains("Not due yet."), "{text}");
        assert!(!text.contains("Not kept yet."), "{text}");
    }

    async fn nothing_opens_or_closes_at_christmas_or_on_a_weekend(app: &TestApp) {
        app.with_demonstration().await;
        let all = entity::consultation::Entity::find().all(app.app.db.read()).await.expect("reads");
        for one in all.iter().filter(|one| one.attribution.is_none()) {
            for at in [one.opens_at, one.closes_at].into_iter().flatten() {
                let at = jiff::Timestamp::from_millisecond(at).expect("a moment");
                let day = domain::calendar::uk_day(at);
                let christmas = matches!((day.month(), day.day()), (12, 20..) | (1, ..=5));
                let weekend = day.weekday().to_monday_zero_offset() > 4;
                assert!(!christmas && !weekend, "{}: {day}", one.title);
            }
        }
    }

    async fn what_was_imported_is_told_apart_and_in_no_figure(app: &TestApp) {
        app.with_demonstration().await;
        app.fresh();
        let anyone = app.anyone();
        let page = anyone.get("/outcomes").await.expect(200);
        let rows = page.texts("main table tbody tr");
        assert!(!rows.iter().any(|row| row.contains("ScoopNZ")), "{rows:?}");
        assert!(!rows.iter().any(|row| row.contains("Opens soon")), "{rows:?}");
        let text = page.main_text();
        assert!(text.contains("Open data from elsewhere"), "{text}");
        assert!(text.contains(&format!("Consultations {} ", rows.len())), "{text}");
        let hub = anyone.get("/consultations").await.expect(200);
        assert!(hub.main_text().contains("Open data from elsewhere"));
        let housing = anyone.get("/consultations/conversation-affordable-housing").await.expect(200);
        assert!(housing.main_text().contains("Open data"), "{}", housing.main_text());
        assert!(!housing.main_text().contains("See what came of it"));
    }

    async fn the_sign_in_page_tells_the_passwords_of_a_demonstration_only(app: &TestApp) {
        assert!(!app.anyone().get("/sign-in").await.text().contains("heron"));
        app.with_demonstration().await;
        app.fresh();
        app.anyone().get("/").await.expect(200);
        let page = app.anyone().get("/sign-in").await.expect(200);
        assert!(page.main_text().contains("officer heron canal"));
        assert!(page.main_text().contains("invented"));
        for person in seed::PEOPLE {
            let browser = app.sign_in(person.email).await;
            browser.get("/desk").await.expect(200);
        }
    }

    async fn a_moderator_and_an_approver_of_the_demonstration_have_work(app: &TestApp) {
        app.with_demonstration().await;
        let moderator = app.sign_in_as(Role::Moderator).await;
        let queue = moderator.get("/desk/moderation").await.expect(200);
        assert!(queue.has("main form"), "{}", queue.main_text());
        assert!(!queue.text().contains("07700"));
        let approver = app.sign_in_as(Role::Approver).await;
        let desk = approver.get("/desk/consultations").await.expect(200);
        assert!(desk.main_text().contains("In review"), "{}", desk.main_text());
    }

    async fn what_is_real_is_refused_and_stays_as_it_is(app: &TestApp) {
        // People are in it, and no mark.
        let refused = [
            seed::demo(&app.app).await.expect_err("refused"),
            workshop::load::load(&app.app, "anything", 10).await.expect_err("refused"),
            workshop::marked::mark(&app.app).await.expect_err("refused"),
            workshop::marked::show_on_sign_in(&app.app, &seed::people()).await.expect_err("refused"),
        ];
        for refused in refused {
            assert!(matches!(refused, CliError::Usage(_)), "{refused:?}");
        }
        assert!(!app.anyone().get("/").await.has(".app-demo"));
        let sign_in = app.anyone().get("/sign-in").await.expect(200);
        assert!(!sign_in.text().contains("heron"));
    }

    async fn nothing_invented_comes_into_a_consultation_that_is_open_to_residents(app: &TestApp) {
        let asked = crate::response::open(&app.app).await;
        let before = stored(app).await;
        let refused = workshop::load::load(&app.app, &asked.slug, 10).await.expect_err("refused");
        assert!(matches!(refused, CliError::Usage(_)), "{refused:?}");
        assert_eq!(stored(app).await, before);
    }

    async fn without_the_mark_nobody_is_shown_whatever_is_stored(app: &TestApp) {
        app.with_demonstration().await;
        assert_eq!(demonstration::people(app.app.db.read()).await.expect("reads").len(), 12);
        app.app
            .db
            .writing()
            .execute_unprepared("UPDATE site_state SET is_demonstration = false")
            .await
            .expect("taken away by hand");
        assert_eq!(demonstration::people(app.app.db.read()).await.expect("reads"), []);
    }
}

async fn stored(app: &TestApp) -> u64 {
    entity::response::Entity::find()
        .count(app.app.db.read())
        .await
        .expect("counts")
}

#[test]
fn the_binary_that_a_council_runs_has_no_demonstration_in_it() {
    let binary = std::fs::read(env!("CARGO_BIN_EXE_soundings")).expect("the binary");
    let holds = |word: &str| memchr::memmem::find(&binary, word.as_bytes()).is_some();
    assert!(
        holds("People of this demonstration"),
        "its words can be found"
    );
    for person in seed::PEOPLE {
        assert!(!holds(person.password), "it holds {}", person.password);
        assert!(!holds(person.email), "it holds {}", person.email);
    }
    for command in ["seed", "bench"] {
        let output = Command::new(env!("CARGO_BIN_EXE_soundings"))
            .arg(command)
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("unrecognized subcommand"), "{said}");
    }
}

#[test]
fn the_source_of_the_server_has_no_demonstration_in_it() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for person in seed::PEOPLE {
                assert!(!text.contains(person.password), "{}", path.display());
                assert!(!text.contains(person.email), "{}", path.display());
            }
        }
    }
    assert!(files > 100, "only {files} files");
}

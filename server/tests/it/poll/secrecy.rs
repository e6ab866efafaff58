//! With the whole database nobody can join a ballot to a person.

use domain::poll::Electorate;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use server::config::Mail;
use server::error::Fault;
use server::granted::Caller;
use server::jobs::Periods;
use server::poll::commands::{ShuffleRows, all_pending, shuffle_rows};

use super::arrange::{open, ranked};
use crate::support::{TestApp, on_both};

/// The first column of each row, as text.
async fn column(app: &TestApp, sql: &str) -> Vec<String> {
    let db = app.app.db.read();
    let asked = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(asked)
        .await
        .expect("reads")
        .iter()
        .map(|row| row.try_get_by_index::<String>(0).expect("a text"))
        .collect()
}

async fn shuffle(app: &TestApp) -> Result<usize, Fault> {
    shuffle_rows(&app.app, &Caller::anyone(app.app.clock.now()), ShuffleRows).await
}

/// The hashes of the ballots as they lie.
async fn lying(app: &TestApp) -> Vec<String> {
    let place = match app.app.db.backend() {
        DbBackend::Postgres => "ORDER BY ctid",
        _ => "",
    };
    column(app, &format!("SELECT code_hash FROM poll_ballot {place}")).await
}

/// Makes every removal of a ballot fail, or lets it through again.
async fn hinder(app: &TestApp, hindered: bool) {
    let statements: &[&str] = match (app.app.db.backend(), hindered) {
        (DbBackend::Postgres, true) => &[
            "CREATE FUNCTION hinder() RETURNS trigger AS \
             'BEGIN RAISE EXCEPTION ''hindered''; END' LANGUAGE plpgsql",
            "CREATE TRIGGER hinder BEFORE DELETE ON poll_ballot \
             FOR EACH ROW EXECUTE FUNCTION hinder()",
        ],
        (DbBackend::Postgres, false) => &["DROP TRIGGER hinder ON poll_ballot"],
        (_, true) => &["CREATE TRIGGER hinder BEFORE DELETE ON poll_ballot \
             BEGIN SELECT RAISE(ABORT, 'hindered'); END"],
        (_, false) => &["DROP TRIGGER hinder"],
    };
    for statement in statements {
        let done = app.app.db.writing().execute_unprepared(statement).await;
        done.expect("done");
    }
}

/// In how many places two orders of the same things agree.
fn agreeing(a: &[String], b: &[String]) -> usize {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}

on_both! {
    async fn neither_a_column_nor_an_order_nor_a_transaction_joins_a_ballot_to_an_elector(app: &TestApp) {
        app.app.limits.turn_off();
        let polled = open(app, ranked(), Electorate::Register).await;
        // Electors vote in an order of their own.
        let mut order: Vec<usize> = (0..40).collect();
        order.sort_by_key(|n| (n * 17 + 5) % 41);
        let (_, poll) = polled.found(app).await;
        let mut cast = Vec::new();
        for at in &order {
            let voter = app.anyone();
            polled.open_letter(&voter, &polled.letters[*at]).await.expect(303);
            let receipt = polled.vote(&voter, &[("mark-1", "1")]).await;
            let code = receipt.texts(".app-code").concat().replace('-', "");
            cast.push(server::secret::hash(format!("ballot/{}/{code}", poll.id)));
        }
        assert_eq!(shuffle(app).await.expect("shuffles"), 1);
        assert_eq!(shuffle(app).await.expect("shuffles"), 0, "nothing new");

        // No two columns of the two tables hold the same value but the poll, and none is a time.
        let electors = entity_rows(app).await;
        for (elector, ballot) in electors.0.iter().flat_map(|e| electors.1.iter().map(move |b| (e, b))) {
            for value in elector {
                assert!(!ballot.contains(value), "{value} is in both");
            }
        }
        for value in electors.0.iter().chain(&electors.1).flatten() {
            assert!(!value.contains(':') || value.len() < 8, "finer than a day: {value}");
        }
        // Where rows lie tells nothing of when they were written.
        let backend = app.app.db.backend();
        let place = if backend == DbBackend::Postgres { "ORDER BY ctid" } else { "" };
        let ballots = column(app, &format!("SELECT code_hash FROM poll_ballot {place}")).await;
        assert!(agreeing(&ballots, &cast) < 10, "the order of vote shows");
        if backend == DbBackend::Postgres {
            for table in ["poll_ballot", "poll_elector"] {
                let wrote = column(app, &format!("SELECT DISTINCT CAST(xmin AS TEXT) FROM {table}")).await;
                assert_eq!(wrote.len(), 1, "{table} was written by {wrote:?}");
            }
            let names = column(app, "SELECT name FROM poll_elector ORDER BY ctid").await;
            let issued: Vec<String> = order.iter().map(|n| format!("Elector {}", n + 1)).collect();
            assert!(agreeing(&names, &issued) < 10, "the order of issuing shows");
        } else {
            let file = column(app, "SELECT file FROM pragma_database_list WHERE name = 'main'").await;
            in_file(&file[0], &cast);
        }
    }

    async fn a_poll_that_could_not_be_shuffled_is_tried_again(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Open).await;
        for _ in 0..3 {
            polled.vote(&app.anyone(), &[("mark-1", "1")]).await;
        }
        hinder(app, true).await;
        shuffle(app).await.expect_err("it fails");
        shuffle(app).await.expect_err("it is tried again, and fails again");
        hinder(app, false).await;
        assert_eq!(shuffle(app).await.expect("shuffles"), 1);
        assert_eq!(shuffle(app).await.expect("shuffles"), 0);
        assert_eq!(lying(app).await.len(), 3, "no ballot is lost");
    }

    async fn rows_are_shuffled_by_the_clock_though_no_letter_can_be_sent(app: &TestApp) {
        // A mail server that takes every connection and never says a word.
        let silent = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = silent.local_addr().expect("an address").port();
        let mut config = app.app.config.clone();
        config.mail = Mail::Smtp(format!("smtp://127.0.0.1:{port}"));
        let db = server::db::Db::open(&config.database_url).await.expect("opens");
        let slow = server::App::new(config, db, app.app.clock.clone()).expect("an application");

        let polled = open(app, ranked(), Electorate::Email).await;
        app.anyone()
            .post(&polled.path("/request"), &[("email", "jo@example.org")])
            .await
            .expect(200);
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let periods = Periods {
            shuffle: std::time::Duration::from_millis(100),
            ..Periods::default()
        };
        let jobs = tokio::spawn(server::jobs::run_every(slow.clone(), periods, stopped));
        let (mail, _) = silent.accept().await.expect("a letter is on its way");
        // Somebody votes while the letter waits.
        all_pending(&slow).await.expect("reads");
        let waited = std::time::Instant::now();
        while slow.pending_shuffles.any() {
            assert!(waited.elapsed().as_secs() < 20, "the rows wait for the letter");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(!app.letters().await.is_empty(), "the letter is not sent yet");
        stop.send(true).expect("the jobs are there");
        drop((mail, silent));
        jobs.await.expect("they end");
        slow.db.close().await;
    }

    async fn rows_are_shuffled_while_people_vote_and_no_ballot_is_lost(app: &TestApp) {
        app.app.limits.turn_off();
        let polled = open(app, ranked(), Electorate::Open).await;
        let mut votes = Vec::new();
        for n in 0..60 {
            let (voter, paper, cast) = (app.anyone(), polled.path("/paper"), polled.path("/cast"));
            votes.push(tokio::spawn(async move {
                let page = voter.get(&paper).await.expect(200);
                let (_, fields) = page.form("main form.app-ballot");
                let code = fields.iter().find(|(name, _)| name == "paper").expect("a code").1.clone();
                // Each votes twice, the second time for another.
                for n in [n, n + 1] {
                    let mark = format!("mark-{}", n % 3 + 1);
                    voter.post(&cast, &[("paper", &code), (&mark, "1")]).await.expect(303);
                }
            }));
        }
        for _ in 0..6 {
            all_pending(&app.app).await.expect("reads");
            shuffle(app).await.expect("shuffles");
            tokio::task::yield_now().await;
        }
        for vote in votes {
            vote.await.expect("votes");
        }
        shuffle(app).await.expect("shuffles");
        let (_, poll) = polled.found(app).await;
        let ballots = server::poll::rows::ballots::listed(app.app.db.read(), poll.id).await.expect("reads");
        assert_eq!(ballots.len(), 60);
        for option in 1..=3 {
            let text = format!("{option}:1");
            let voted = ballots.iter().filter(|ballot| ballot.choices == text).count();
            assert_eq!(voted, 20, "for option {option}");
        }
    }
}

/// Every row of the two tables as texts, without what says nothing (the poll, yes and no).
async fn entity_rows(app: &TestApp) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    use sea_orm::EntityTrait;
    let db = app.app.db.read();
    let electors = entity::poll_elector::Entity::find()
        .all(db)
        .await
        .expect("reads");
    let ballots = entity::poll_ballot::Entity::find()
        .all(db)
        .await
        .expect("reads");
    (
        electors
            .into_iter()
            .map(|row| {
                [
                    row.name,
                    row.address,
                    Some(row.key_hash),
                    row.token_hash,
                    row.issued_on,
                ]
                .into_iter()
                .flatten()
                .collect()
            })
            .collect(),
        ballots
            .into_iter()
            .map(|row| {
                [Some(row.code_hash), row.choices, row.commitment, row.source]
                    .into_iter()
                    .flatten()
                    .collect()
            })
            .collect(),
    )
}

/// In the file of SQLite itself ballots lie in the order of their hashes, and the log of writes,
/// which would tell more, is empty.
fn in_file(path: &str, cast: &[String]) {
    let log = std::fs::metadata(format!("{path}-wal")).map_or(0, |found| found.len());
    assert_eq!(log, 0, "the log of writes is emptied");
    let bytes = std::fs::read(path).expect("the file");
    let find = |hash: &String| {
        let at = bytes
            .windows(64)
            .position(|window| window == hash.as_bytes());
        at.expect("the ballot")
    };
    let mut lying: Vec<(usize, &String)> = cast.iter().map(|hash| (find(hash), hash)).collect();
    lying.sort_unstable();
    let lying: Vec<String> = lying.into_iter().map(|(_, hash)| hash.clone()).collect();
    let mut back = cast.to_vec();
    back.reverse();
    // SQLite fills a page from its end, so both directions are looked at.
    assert!(agreeing(&lying, cast) < 10 && agreeing(&lying, &back) < 10);
}

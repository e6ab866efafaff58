//! Faults: the server is killed again and again while people respond, and the database's
//! connections are cut. The auditor comes first: what a client was promised is written down as it
//! is promised, and afterwards every promise is looked up.

mod client;
mod commit;
mod disk;
mod ledger;
pub mod process;
mod writer;

use std::time::{Duration, Instant};

use crate::response::asked::open;
use crate::support::TestApp;
use ledger::{Ledger, respond_until};
use process::Server;

const CLIENTS: usize = 8;
/// Rounds of killing; each is a start, a moment of load at a different length, SIGKILL.
const ROUNDS: u64 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_again_and_again_keeps_every_promise_on_sqlite() {
    let app = TestApp::on_sqlite().await;
    killed_again_and_again(&app).await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_again_and_again_keeps_every_promise_on_postgresql() {
    if let Some(app) = TestApp::on_postgresql().await {
        killed_again_and_again(&app).await;
        app.finish().await;
    }
}

/// A process that is killed loses nothing of what the operating system holds, so the rounds below
/// would pass without a single sync: that each commit waits for the disk is asked of the database.
async fn commits_wait_for_the_disk(app: &TestApp) {
    use sea_orm::ConnectionTrait;
    let db = &app.app.db;
    let ask = async |sql: &str| {
        db.writing()
            .query_one_raw(server::db::sql(db.backend(), sql, Vec::<String>::new()))
            .await
            .expect("answers")
            .expect("a row")
    };
    if db.is_sqlite() {
        let journal = ask("PRAGMA journal_mode").await;
        assert_eq!(journal.try_get_by_index::<String>(0).expect("text"), "wal");
        // 2 is FULL: the log is synced at each commit.
        let synchronous = ask("PRAGMA synchronous").await;
        assert_eq!(synchronous.try_get_by_index::<i32>(0).expect("a number"), 2);
    } else {
        // What the server's administrator has set counts; nothing of ours may weaken it.
        let row = ask("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'").await;
        let source: String = row.try_get_by_index(0).expect("text");
        assert!(
            !["client", "session", "database", "user", "database user"].contains(&source.as_str()),
            "synchronous_commit was set by {source}"
        );
    }
}

async fn killed_again_and_again(app: &TestApp) {
    commits_wait_for_the_disk(app).await;
    let asked = open(&app.app).await;
    let ledger = Ledger::default();
    for round in 0..ROUNDS {
        let mut server = Server::start(app).await;
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let name = format!("round {round} client {client}");
                tokio::spawn(respond_until(
                    server.address(),
                    asked.clone(),
                    ledger.clone(),
                    name,
                ))
            })
            .collect();
        // Different instants of the work are hit: 40 ms to 400 ms, in no order.
        tokio::time::sleep(Duration::from_millis(40 + round * 149 % 360)).await;
        server.kill();
        for client in clients {
            client.await.expect("a client ends with its server");
        }
    }
    assert!(
        ledger.promised() > ROUNDS as usize,
        "the load was too small to say anything"
    );
    let mut server = Server::start(app).await;
    ledger.send_what_was_not_answered(server.address()).await;
    server.kill();
    ledger.verify(app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_cut_by_postgresql_lose_nothing_and_heal() {
    let Some(app) = TestApp::on_postgresql().await else {
        return;
    };
    let asked = open(&app.app).await;
    let ledger = Ledger::default();
    let mut server = Server::start(&app).await;
    for round in 0..6 {
        let until = Instant::now() + Duration::from_millis(700);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let name = format!("cut {round} client {client}");
                tokio::spawn(ledger::respond_through(
                    until,
                    server.address(),
                    asked.clone(),
                    ledger.clone(),
                    name,
                ))
            })
            .collect();
        for _ in 0..3 {
            tokio::time::sleep(Duration::from_millis(150)).await;
            cut_connections(&app).await;
        }
        for client in clients {
            client.await.expect("a client ends in time");
        }
    }
    // It serves again within two seconds of the last cut.
    let healed = Instant::now();
    let one = ledger.promised();
    let until = healed + Duration::from_secs(2);
    let name = "after the cuts".to_owned();
    ledger::respond_through(until, server.address(), asked.clone(), ledger.clone(), name).await;
    assert!(ledger.promised() > one, "nothing was taken after the cuts");
    ledger.send_what_was_not_answered(server.address()).await;
    server.kill();
    ledger.verify(&app).await;
    app.finish().await;
}

/// Cuts every connection to this test's database but those of the test itself.
async fn cut_connections(app: &TestApp) {
    use sea_orm::ConnectionTrait;
    app.app
        .db
        .writing()
        .execute_unprepared(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND application_name = 'under test'",
        )
        .await
        .expect("cuts");
}

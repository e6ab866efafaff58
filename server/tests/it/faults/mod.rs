//! Faults: the server is killed again and again while people respond, vote, cast ballots, raise
//! concerns and have their receipts sent, and the database's connections are cut. The auditor comes
//! first: what a client was promised is written down as it is promised, and afterwards every promise
//! is looked up.

mod ballots;
mod client;
mod commit;
mod concerns;
mod disk;
mod entries;
mod ledger;
mod letters;
pub mod process;
mod votes;
mod writer;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

use crate::response::asked::open;
use crate::support::TestApp;
use ballots::Ballots;
use client::Answer;
use concerns::Concerns;
use ledger::{Ledger, respond_until};
use letters::Letters;
use process::Server;
use votes::Votes;

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

/// Whether what was sent is acknowledged. No other answer is right than that, and that it can't be
/// kept at the moment.
fn is_promised(sent: &Answer) -> bool {
    assert!(
        matches!(sent.status, 303 | 503),
        "{}: {}",
        sent.status,
        sent.body
    );
    sent.status == 303
}

/// What people do, each kind with its own ledger.
struct Load {
    asked: crate::response::Asked,
    responses: Ledger,
    votes: Votes,
    ballots: Ballots,
    concerns: Concerns,
}

impl Load {
    async fn open(app: &TestApp) -> Self {
        Self {
            votes: Votes::open(app).await,
            concerns: Concerns::open(app).await,
            ballots: Ballots::open(app).await,
            asked: open(&app.app).await,
            responses: Ledger::with_letters(),
        }
    }

    /// Four clients of each kind, until the server is killed.
    fn begin(&self, to: SocketAddr, round: u64) -> Vec<JoinHandle<()>> {
        let one = |client: usize| {
            let name = format!("round {round} client {client}");
            match client % 4 {
                0 => {
                    let (asked, ledger) = (self.asked.clone(), self.responses.clone());
                    tokio::spawn(respond_until(to, asked, ledger, name))
                }
                1 => tokio::spawn(self.votes.clone().cast_until(to, client)),
                2 => tokio::spawn(self.ballots.clone().cast_until(to, client)),
                _ => tokio::spawn(self.concerns.clone().raise_until(to, name)),
            }
        };
        (0..2 * CLIENTS).map(one).collect()
    }

    fn promised(&self) -> [usize; 4] {
        [
            self.responses.promised(),
            self.votes.promised(),
            self.ballots.promised(),
            self.concerns.promised(),
        ]
    }

    /// Waits until two more of each kind are acknowledged than these.
    async fn are_acknowledged(&self, before: [usize; 4]) {
        let began = Instant::now();
        let too_few = || {
            let now = self.promised().into_iter();
            now.zip(before).any(|(now, before)| now < before + 2)
        };
        while too_few() {
            assert!(
                began.elapsed() < Duration::from_secs(15),
                "nothing is acknowledged: {before:?} and {:?}",
                self.promised()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn letters(&self, app: &TestApp) -> Vec<(String, String)> {
        let mut letters = self.responses.letters();
        letters.extend(self.concerns.letters(app));
        letters
    }

    /// What was promised until the last kill is there before anybody sends anything again.
    async fn verify_what_was_promised(&self, app: &TestApp) {
        self.votes.verify(app).await;
        self.ballots.verify(app).await;
        self.concerns.verify(app).await;
        Letters::read(app).await.hold(&self.letters(app));
    }

    async fn send_what_was_not_answered(&self, to: SocketAddr) {
        self.responses.send_what_was_not_answered(to).await;
        self.votes.send_what_was_not_answered(to).await;
        self.ballots.send_what_was_not_answered(to).await;
        self.concerns.send_what_was_not_answered(to).await;
    }

    async fn verify(&self, app: &TestApp) {
        self.responses.verify(app).await;
        self.votes.verify(app).await;
        self.ballots.verify(app).await;
        self.ballots.check_some(app).await;
        self.concerns.verify(app).await;
        self.concerns.follow_some(app).await;
        Letters::read(app).await.are(&self.letters(app));
    }
}

async fn killed_again_and_again(app: &TestApp) {
    commits_wait_for_the_disk(app).await;
    let load = Load::open(app).await;
    let letters = letters::folder(app);
    for round in 0..ROUNDS {
        let mut server = Server::sending_into(letters, app).await;
        let before = load.promised();
        let clients = load.begin(server.address(), round);
        // Each fourth one is killed while it warms up, the others once they have taken some of each kind.
        if round % 4 > 0 {
            load.are_acknowledged(before).await;
        }
        // Different instants of the work are hit: 40 ms to 400 ms, in no order.
        tokio::time::sleep(Duration::from_millis(40 + round * 149 % 360)).await;
        server.kill();
        for client in clients {
            client.await.expect("a client ends with its server");
        }
    }
    let promised = load.promised();
    assert!(
        promised.iter().all(|kind| *kind > ROUNDS as usize),
        "the load was too small to say anything: {promised:?}"
    );
    load.verify_what_was_promised(app).await;
    let mut server = Server::sending_into(letters, app).await;
    load.send_what_was_not_answered(server.address()).await;
    server.kill();
    load.verify(app).await;
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

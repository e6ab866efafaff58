//! Shuffling holds up nobody who votes, and does not say that it is done before it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::poll::Electorate;
use futures::future::join_all;
use sea_orm::{ConnectionTrait, Database, EntityTrait, PaginatorTrait, TransactionTrait};
use server::client::ClientAddress;
use server::db::{Gate, Point, traces};
use server::granted::Caller;
use server::jobs::look_at_polls;
use server::poll::commands::{CastBallot, ShuffleRows, all_pending, cast_ballot, shuffle_rows};

use super::arrange::{Polled, approval, open};
use super::signs::{choices, code};
use crate::support::{TestApp, on_both};

async fn cast(app: &TestApp, polled: &Polled, numbers: std::ops::Range<u32>) {
    let (_, poll) = polled.found(app).await;
    let caller = Caller::anyone(app.app.clock.now());
    let votes = numbers.map(|n| {
        let command = CastBallot {
            poll: polled.address(),
            code: code(n),
            choices: choices(&poll, n % 3 + 1),
            from: ClientAddress::new(std::net::Ipv4Addr::new(81, 2, 69, 1).into()),
        };
        cast_ballot(&app.app, &caller, command)
    });
    for cast in join_all(votes).await {
        cast.expect("taken");
    }
}

/// Counts the transactions that begin.
#[derive(Debug, Default)]
struct Begun(AtomicUsize);

impl Gate for Begun {
    fn pass(&self, at: Point) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.0
            .fetch_add(usize::from(at == Point::Begun), Ordering::SeqCst);
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn a_large_poll_is_shuffled_a_part_at_a_time_on_sqlite() {
    let app = TestApp::on_sqlite().await;
    let polled = open(&app, approval(), Electorate::Open).await;
    cast(&app, &polled, 0..2_100).await;
    let begun = Arc::new(Begun::default());
    let db = server::db::Db::open(&app.app.config.database_url)
        .await
        .expect("opens")
        .gated(Arc::clone(&begun) as Arc<dyn Gate>);
    let next = server::App::new(app.app.config.clone(), db, app.app.clock.clone()).expect("made");
    all_pending(&next).await.expect("reads");
    let caller = Caller::anyone(next.clock.now());
    let shuffled = shuffle_rows(&next, &caller, ShuffleRows).await;
    assert_eq!(shuffled.expect("shuffles"), 1);
    let parts = begun.0.load(Ordering::SeqCst);
    assert!(parts >= 3, "2,100 ballots in {parts} parts");
    next.db.close().await;
    let (_, poll) = polled.found(&app).await;
    let ballots = server::poll::rows::ballots::listed(app.app.db.read(), poll.id).await;
    assert_eq!(ballots.expect("reads").len(), 2_100, "none is lost");
    app.finish().await;
}

#[tokio::test]
async fn ballots_are_looked_at_without_the_writer() {
    let app = TestApp::on_sqlite().await;
    let polled = open(&app, approval(), Electorate::Open).await;
    cast(&app, &polled, 0..20).await;
    let writer = app.app.db.begin().await.expect("begins");
    let looked = tokio::time::timeout(Duration::from_secs(5), look_at_polls(&app.app)).await;
    looked.expect("it waits for nobody, since nothing is to be written");
    drop(writer);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_who_writes_waits_for_somebody_who_reads_the_log() {
    let app = TestApp::on_sqlite().await;
    let polled = open(&app, approval(), Electorate::Open).await;
    // Somebody reads what there is, for long: a backup.
    let backup = app.app.db.read().begin().await.expect("begins");
    let read = entity::poll::Entity::find().count(&backup).await;
    read.expect("reads");
    cast(&app, &polled, 0..3).await;
    let db = app.app.db.clone();
    let removing = tokio::spawn(async move { traces::remove(&db, &[]).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let begun = Instant::now();
    cast(&app, &polled, 3..6).await;
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(2), "a vote took {took:?}");
    removing
        .await
        .expect("ends")
        .expect_err("the log is being read");
    backup.rollback().await.expect("ends");
    traces::remove(&app.app.db, &[]).await.expect("emptied");
    app.finish().await;
}

on_both! {
    async fn rows_that_somebody_still_sees_are_not_said_to_be_gone(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        cast(app, &polled, 0..3).await;
        // A backup began before.
        let other = Database::connect(&app.app.config.database_url).await.expect("connects");
        let backup = other.begin().await.expect("begins");
        if !app.app.db.is_sqlite() {
            let as_it_was = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
            backup.execute_unprepared(as_it_was).await.expect("set");
        }
        let read = entity::poll::Entity::find().count(&backup).await;
        read.expect("reads");
        cast(app, &polled, 3..6).await;
        let caller = Caller::anyone(app.app.clock.now());
        let early = shuffle_rows(&app.app, &caller, ShuffleRows).await;
        early.expect_err("the old rows are there for whoever sees them");
        assert!(app.app.pending_shuffles.any(), "tried again");
        backup.rollback().await.expect("ends");
        other.close().await.expect("closes");
        let later = shuffle_rows(&app.app, &caller, ShuffleRows).await;
        assert_eq!(later.expect("shuffles"), 1);
        assert!(!app.app.pending_shuffles.any());
    }
}

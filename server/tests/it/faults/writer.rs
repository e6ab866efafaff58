//! The group-commit writer under a write that panics, fails or hangs: everybody else is served, and
//! readiness says whether a write comes through.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr};
use server::db::writer::Patience;
use server::db::{Db, Order, WriteRefused, Writer};

use crate::support::{TestApp, on_both};

async fn table(app: &TestApp) {
    app.app
        .db
        .writing()
        .execute_unprepared("CREATE TABLE test_note (word TEXT NOT NULL PRIMARY KEY)")
        .await
        .expect("a table");
}

async fn words(app: &TestApp) -> Vec<String> {
    app.app
        .db
        .read()
        .query_all_raw(server::db::sql(
            app.app.db.backend(),
            "SELECT word FROM test_note ORDER BY word",
            Vec::<String>::new(),
        ))
        .await
        .expect("reads")
        .into_iter()
        .map(|row| row.try_get::<String>("", "word").expect("a word"))
        .collect()
}

/// What a write does after it has written its word.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Then {
    Returns,
    Panics,
    Fails,
    Hangs,
}

async fn note(writer: &Writer, word: &str, then: Then) -> Result<usize, WriteRefused> {
    let word = word.to_owned();
    writer
        .write(move |tx| {
            let word = word.clone();
            Box::pin(async move {
                let sql = format!("INSERT INTO test_note (word) VALUES ('{word}')");
                tx.execute_unprepared(&sql).await?;
                match then {
                    Then::Returns => Ok(word.len()),
                    Then::Panics => panic!("a write of a test panics"),
                    Then::Fails => Err(DbErr::Custom("a write of a test fails".to_owned())),
                    Then::Hangs => {
                        std::future::pending::<()>().await;
                        Ok(0)
                    }
                }
            })
        })
        .await
}

on_both! {
    async fn a_write_that_panics_or_fails_answers_itself_and_nobody_else(app: &TestApp) {
        table(app).await;
        let writer = Writer::start(app.app.db.clone());
        let sent = [
            ("a", Then::Returns), ("b", Then::Panics), ("c", Then::Returns),
            ("d", Then::Fails), ("e", Then::Returns),
        ];
        let answers = futures::future::join_all(
            sent.iter().map(|(word, then)| note(&writer, word, *then)),
        )
        .await;
        for ((word, then), answer) in sent.iter().zip(answers) {
            let right = if *then == Then::Returns { Ok(1) } else { Err(WriteRefused::Faulty) };
            assert_eq!(answer, right, "{word}");
        }
        assert_eq!(words(app).await, ["a", "c", "e"]);
        // The writer goes on.
        assert_eq!(note(&writer, "f", Then::Returns).await, Ok(1));
        writer.is_ready(Duration::from_secs(5)).await.expect("ready");
    }

    async fn the_writes_of_a_batch_are_carried_out_in_their_order(app: &TestApp) {
        let writer = Writer::start(app.app.db.clone());
        // One that waits makes the others one batch.
        let (go, wait) = tokio::sync::oneshot::channel::<()>();
        let wait = Arc::new(tokio::sync::Mutex::new(wait));
        let first = tokio::spawn({
            let writer = writer.clone();
            async move {
                writer
                    .write(move |_| {
                        let wait = Arc::clone(&wait);
                        Box::pin(async move {
                            let _ = (&mut *wait.lock().await).await;
                            Ok(())
                        })
                    })
                    .await
            }
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        let done: Arc<Mutex<Vec<u8>>> = Arc::default();
        let of = |order: u8| {
            let (writer, done) = (writer.at(Order(order)), Arc::clone(&done));
            tokio::spawn(async move {
                writer
                    .write(move |_| {
                        let done = Arc::clone(&done);
                        Box::pin(async move {
                            done.lock().expect("a lock").push(order);
                            Ok(())
                        })
                    })
                    .await
            })
        };
        let mut others = Vec::new();
        for order in [2, 1, 0, 2, 1] {
            others.push(of(order));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        go.send(()).expect("it waits");
        first.await.expect("ends").expect("is written");
        for other in others {
            other.await.expect("ends").expect("is written");
        }
        assert_eq!(*done.lock().expect("a lock"), [0, 1, 1, 2, 2]);
    }

    async fn a_write_that_hangs_is_given_up_and_its_batch_is_written_one_by_one(app: &TestApp) {
        table(app).await;
        let patience = Patience {
            batch: Duration::from_millis(400),
            alone: Duration::from_millis(400),
        };
        let writer = Writer::with_patience(app.app.db.clone(), patience);
        // The first one takes the writer, so that the others make one batch.
        let sent = [
            ("a", Then::Returns), ("b", Then::Returns), ("c", Then::Hangs), ("d", Then::Returns),
        ];
        let answers = futures::future::join_all(
            sent.iter().map(|(word, then)| note(&writer, word, *then)),
        )
        .await;
        for ((word, then), answer) in sent.iter().zip(answers) {
            let right = if *then == Then::Hangs { Err(WriteRefused::NotWritten) } else { Ok(1) };
            assert_eq!(answer, right, "{word}");
        }
        assert_eq!(words(app).await, ["a", "b", "d"]);
        assert_eq!(note(&writer, "e", Then::Returns).await, Ok(1));
    }

    async fn the_server_is_ready_only_while_a_write_comes_through(app: &TestApp) {
        let ready = app.anyone().get("/health/ready").await;
        assert_eq!(ready.status, 200);
        // Somebody holds the writer: reading still works, and yet nothing can be written.
        let (hold, held) = tokio::sync::oneshot::channel::<()>();
        let held = std::sync::Arc::new(tokio::sync::Mutex::new(held));
        let holding = tokio::spawn({
            let writer = app.app.writer.clone();
            async move {
                writer
                    .write(move |_| {
                        let held = std::sync::Arc::clone(&held);
                        Box::pin(async move {
                            let _ = (&mut *held.lock().await).await;
                            Ok(())
                        })
                    })
                    .await
            }
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        let waiting = app.anyone().get("/health/ready").await;
        assert_eq!(waiting.status, 503, "{}", waiting.text());
        hold.send(()).expect("the write waits");
        holding.await.expect("ends").expect("is written");
        assert_eq!(app.anyone().get("/health/ready").await.status, 200);
    }
}

/// A batch of two writes that each hold a row until the commit, the second one only after both
/// processes hold their first. Tried again by itself it waits for nobody.
async fn two_rows(
    writer: Writer,
    rows: [&'static str; 2],
    both: Arc<tokio::sync::Barrier>,
) -> bool {
    let hold = |row: &'static str, both: Option<Arc<tokio::sync::Barrier>>| {
        let (writer, again) = (writer.clone(), Arc::new(AtomicBool::new(false)));
        async move {
            writer
                .write(move |tx| {
                    let (both, again) = (both.clone(), Arc::clone(&again));
                    Box::pin(async move {
                        let again = again.swap(true, Ordering::SeqCst);
                        if let Some(both) = both.filter(|_| !again) {
                            both.wait().await;
                        }
                        let sql = format!("UPDATE test_note SET word = word WHERE word = '{row}'");
                        tx.execute_unprepared(&sql).await.map(drop)
                    })
                })
                .await
        }
    };
    let [first, second] = rows;
    // The writer takes what is there: both are, before it is asked again.
    let (first, second) = futures::join!(hold(first, None), hold(second, Some(both)));
    first.is_ok() && second.is_ok()
}

#[tokio::test]
async fn two_processes_that_wait_for_each_other_both_write_in_the_end_on_postgresql() {
    let Some(app) = TestApp::on_postgresql().await else {
        return;
    };
    table(&app).await;
    let writer = Writer::start(app.app.db.clone());
    for word in ["a", "b"] {
        assert_eq!(note(&writer, word, Then::Returns).await, Ok(1));
    }
    let other = Db::open(&app.app.config.database_url).await.expect("opens");
    let both = Arc::new(tokio::sync::Barrier::new(2));
    let (one, two) = tokio::join!(
        two_rows(writer, ["a", "b"], Arc::clone(&both)),
        two_rows(Writer::start(other.clone()), ["b", "a"], both),
    );
    assert!(one && two, "{one} {two}");
    other.close().await;
    app.finish().await;
}

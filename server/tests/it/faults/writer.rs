//! The group-commit writer under a write that panics, fails or hangs: everybody else is served, and
//! readiness says whether a write comes through.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr};
use server::db::writer::Patience;
use server::db::{WriteRefused, Writer};

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
            let right = if *then == Then::Returns { Ok(1) } else { Err(WriteRefused::NotWritten) };
            assert_eq!(answer, right, "{word}");
        }
        assert_eq!(words(app).await, ["a", "c", "e"]);
        // The writer goes on.
        assert_eq!(note(&writer, "f", Then::Returns).await, Ok(1));
        writer.is_ready(Duration::from_secs(5)).await.expect("ready");
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

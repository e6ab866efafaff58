//! The commit itself fails: nobody in its batch is told that anything is kept, and
//! PostgreSQL with a full disk is told from a fault of ours.

use sea_orm::ConnectionTrait;

use crate::response::asked::open;
use crate::response::{check_page, stored, tallies_agree};
use crate::support::{Page, TestApp, on_both};

/// From here on a commit that holds a response fails, though each of its statements was taken.
async fn commits_fail(app: &TestApp) {
    let sql = if app.app.db.is_sqlite() {
        "CREATE TABLE test_fault (response_id BIGINT \
            REFERENCES response (id) DEFERRABLE INITIALLY DEFERRED);
         CREATE TRIGGER test_fault AFTER INSERT ON response \
            BEGIN INSERT INTO test_fault VALUES (-1); END;"
    } else {
        "CREATE FUNCTION test_fault() RETURNS trigger LANGUAGE plpgsql AS \
            $$ BEGIN RAISE EXCEPTION 'the commit fails'; END $$;
         CREATE CONSTRAINT TRIGGER test_fault AFTER INSERT ON response \
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION test_fault();"
    };
    run(app, sql).await;
}

async fn commits_work(app: &TestApp) {
    let sql = if app.app.db.is_sqlite() {
        "DROP TRIGGER test_fault; DROP TABLE test_fault;"
    } else {
        "DROP TRIGGER test_fault ON response;"
    };
    run(app, sql).await;
}

async fn run(app: &TestApp, sql: &str) {
    app.app
        .db
        .writing()
        .execute_unprepared(sql)
        .await
        .expect("done");
}

on_both! {
    async fn a_commit_that_fails_acknowledges_nobody(app: &TestApp) {
        let asked = open(&app.app).await;
        let mut checks = Vec::new();
        for number in 0..12 {
            let text = format!("Number {number}");
            checks.push(check_page(app, &asked, &asked.fields(&text)).await.expect(200));
        }
        commits_fail(app).await;
        let sent = send(app, &checks).await;
        for page in sent {
            assert_eq!(page.expect(503).header("retry-after"), "5");
        }
        assert_eq!(stored(app).await, 0);
        commits_work(app).await;
        for page in send(app, &checks).await {
            page.expect(303);
        }
        assert_eq!(stored(app).await, 12);
        tallies_agree(app).await;
    }
}

/// Sends all of them at one moment.
async fn send(app: &TestApp, checks: &[Page]) -> Vec<Page> {
    let sendings: Vec<_> = checks
        .iter()
        .map(|check| {
            let (browser, check) = (app.anyone(), check.clone());
            tokio::spawn(async move { browser.submit(&check, "main form", &[]).await })
        })
        .collect();
    let mut pages = Vec::new();
    for sending in sendings {
        pages.push(sending.await.expect("sent"));
    }
    pages
}

#[tokio::test]
async fn a_full_disk_of_postgresql_is_answered_as_one() {
    let Some(app) = TestApp::on_postgresql().await else {
        return;
    };
    let officer = app.sign_in("officer@council.example").await;
    let page = officer.get("/desk/consultations/new").await.expect(200);
    run(
        &app,
        "CREATE FUNCTION test_full() RETURNS trigger LANGUAGE plpgsql AS \
            $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
         CREATE TRIGGER test_full BEFORE INSERT ON consultation \
            FOR EACH ROW EXECUTE FUNCTION test_full();",
    )
    .await;
    let fields = [("title", "A bridge"), ("regime", "non-statutory")];
    let refused = officer
        .submit(&page, "main form", &fields)
        .await
        .expect(503);
    assert_eq!(refused.header("retry-after"), "5");
    officer.get("/desk/consultations").await.expect(200);
    run(&app, "DROP TRIGGER test_full ON consultation").await;
    // The page of the refusal sends the same form again.
    officer.submit(&refused, "main form", &[]).await.expect(303);
    app.finish().await;
}

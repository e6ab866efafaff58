//! Databases that are not ours, or not ours any more: nothing is restored over them, nothing in them is
//! changed by looking, and what was deleted from them is not left readable.

use sea_orm::{ConnectionTrait, Database};
use server::db::Db;

use crate::command_line::{done, refused, soundings};
use crate::support::database::TestDatabase;
use crate::support::on_both;

async fn execute(url: &str, statements: &[&str]) {
    let db = Database::connect(url).await.expect("connects");
    for statement in statements {
        db.execute_unprepared(statement).await.expect("done");
    }
    db.close().await.expect("closes");
}

on_both! {
    async fn nothing_is_restored_over_what_another_program_keeps(app: &TestApp) {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = folder.path().join("whole").display().to_string();
        let ours = &app.app.config.database_url;
        done(&soundings(folder.path(), ours, &["backup", &whole]));
        let theirs = if app.app.db.is_sqlite() {
            TestDatabase::sqlite()
        } else {
            TestDatabase::postgresql().await.expect("the same server")
        };
        let made = if app.app.db.is_sqlite() {
            format!("{}?mode=rwc", theirs.url())
        } else {
            theirs.url().to_owned()
        };
        execute(&made, &["CREATE TABLE notes (words TEXT)", "INSERT INTO notes VALUES ('kept')"]).await;
        let file = server::db::sqlite_file(theirs.url());
        let bytes = || file.as_ref().map(|file| std::fs::read(file).expect("reads"));
        let before = bytes();
        let said = refused(&soundings(folder.path(), theirs.url(), &["restore", &whole]));
        assert!(said.contains("holds something else"), "{said}");
        for words in [&["backup", "other"][..], &["check", "record"]] {
            let said = refused(&soundings(folder.path(), theirs.url(), words));
            assert!(said.contains("holds no site"), "{said}");
        }
        assert!(bytes() == before, "the file is as it was, to the byte");
        // An empty one is none of somebody else's.
        execute(theirs.url(), &["DROP TABLE notes"]).await;
        done(&soundings(folder.path(), theirs.url(), &["restore", &whole]));
        theirs.remove().await;
    }
}

#[test]
fn nothing_is_restored_over_a_file_that_is_no_database() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("letter.txt"),
        "words of somebody, kept ".repeat(99),
    )
    .expect("written");
    let url = format!("sqlite://{}/letter.txt", folder.path().display());
    let said = refused(&soundings(folder.path(), &url, &["restore", "whole"]));
    assert!(said.contains("letter.txt"), "{said}");
}

#[tokio::test]
async fn what_was_deleted_under_a_version_before_is_overwritten_once_on_sqlite() {
    let database = TestDatabase::sqlite();
    let url = format!("{}?mode=rwc", database.url());
    // Without secure_delete a page that becomes free keeps what was in it.
    let many = "INSERT INTO gone WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
                WHERE i < 2000) SELECT 'who came as number ' || i FROM n";
    let before = ["CREATE TABLE gone (words TEXT)", many, "DROP TABLE gone"];
    execute(&url, &before).await;
    let file = server::db::sqlite_file(database.url()).expect("a file");
    let left = || {
        let bytes = std::fs::read(&file).expect("reads");
        let words = b"who came as number";
        bytes
            .windows(words.len())
            .filter(|part| part == words)
            .count()
    };
    assert!(left() > 1_000, "the test finds them");
    let db = Db::open(database.url()).await.expect("opens");
    server::db::migrate(&db).await.expect("migrates");
    db.close().await;
    assert_eq!(left(), 0);
    // From then on what is deleted is overwritten at once.
    let db = Db::open(database.url()).await.expect("opens");
    server::db::migrate(&db).await.expect("migrates");
    for statement in before {
        db.writing()
            .execute_unprepared(statement)
            .await
            .expect("done");
    }
    db.close().await;
    assert_eq!(left(), 0);
    database.remove().await;
}

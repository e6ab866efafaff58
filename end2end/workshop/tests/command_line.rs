//! The workshop as it is called: what it makes, and the databases that it leaves alone.
//!
//! Invariant: a refusal is one sentence and exit code 2, and nothing was written, the schema
//! included. On SQLite files; that PostgreSQL's are told apart in the same way is tested with the
//! server's integration tests.

#![allow(clippy::expect_used, reason = "what can't be expected ends the test")]

use std::path::Path;
use std::process::{Command, Output};

use domain::account::OrganisationKind;
use server::council::rows::{locks, write};
use server::db::Db;
use server::granted::Granted;

fn workshop(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_workshop"))
        .args(words)
        .current_dir(folder)
        .env("SOUNDINGS_DATABASE_URL", "sqlite://s.db")
        .env("SOUNDINGS_LISTEN", "127.0.0.1:0")
        .env_remove("SOUNDINGS_BASE_URL")
        .env_remove("SOUNDINGS_SECRET")
        .env_remove("SOUNDINGS_MAIL")
        .output()
        .expect("the program runs")
}

#[track_caller]
fn done(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Exit 2 and one sentence.
#[track_caller]
fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

async fn open(folder: &Path) -> Db {
    let url = format!("sqlite://{}", folder.join("s.db").display());
    Db::open(&url).await.expect("opens")
}

const LOAD: [&str; 6] = [
    "seed",
    "load",
    "--responses",
    "1000",
    "--consultation",
    "library-opening-hours",
];

#[test]
fn an_empty_database_becomes_a_demonstration_that_can_be_loaded_and_completed() {
    let folder = tempfile::tempdir().expect("a folder");
    let early = refused(&workshop(folder.path(), &LOAD));
    assert!(early.contains("s.db"), "mistyped, perhaps: {early}");
    assert!(!folder.path().join("s.db").exists(), "and none is made");
    let said = done(&workshop(folder.path(), &["seed", "demo"]));
    assert!(said.contains("officer heron canal"), "{said}");
    let said = done(&workshop(folder.path(), &LOAD));
    assert!(said.starts_with("1000 responses added"), "{said}");
    done(&workshop(folder.path(), &["seed", "demo"]));
}

#[tokio::test]
async fn a_database_with_an_administrator_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    server::db::migrate(&db).await.expect("migrates");
    let tx = db.begin().await.expect("begins");
    let locked = locks::lock_partnership(&tx).await.expect("locks");
    let now = server::clock::Clock::default().now();
    let granted = Granted::to_the_program(&tx, now, locked).await;
    write::organisation(&granted, "Real Council", OrganisationKind::Council)
        .await
        .expect("made");
    tx.commit().await.expect("commits");
    db.close().await;
    let before = std::fs::read(folder.path().join("s.db")).expect("reads");
    for words in [&["seed", "demo"][..], &LOAD] {
        let said = refused(&workshop(folder.path(), words));
        assert!(said.contains("not a demonstration"), "{said}");
    }
    let after = std::fs::read(folder.path().join("s.db")).expect("reads");
    assert!(before == after, "the file is as it was, to the byte");
}

#[tokio::test]
async fn the_schema_of_what_is_real_is_not_touched_either() {
    use sea_orm::ConnectionTrait;
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    for statement in [
        "CREATE TABLE organisation (id INTEGER PRIMARY KEY, name TEXT)",
        "INSERT INTO organisation VALUES (1, 'Real Council')",
    ] {
        let done = db.writing().execute_unprepared(statement).await;
        done.expect("an older schema");
    }
    db.close().await;
    refused(&workshop(folder.path(), &["seed", "demo"]));
    let db = open(folder.path()).await;
    let tables = db
        .read()
        .query_all_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Sqlite,
            "SELECT name FROM sqlite_master WHERE type = 'table'",
        ))
        .await
        .expect("reads");
    assert_eq!(tables.len(), 1);
    db.close().await;
}

#[test]
fn a_demonstration_is_made_only_for_this_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let public = [
        "seed",
        "demo",
        "--base-url",
        "https://consult.example.gov.uk",
        "--secret",
        "a secret of more than thirty-two characters",
    ];
    let said = refused(&workshop(folder.path(), &public));
    assert!(said.contains("known to everybody"), "{said}");
    assert!(!folder.path().join("s.db").exists());
}

//! The program as it is called: backup and restore, the first administrator, refusals in one
//! sentence.

use std::path::Path;
use std::process::{Command, Output};

use sea_orm::ConnectionTrait;

use crate::support::on_both;

/// The program with nothing configured but the database.
pub fn bare(folder: &Path, url: &str, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundings"));
    command
        .args(words)
        .current_dir(folder)
        .env("SOUNDINGS_DATABASE_URL", url)
        .env("SOUNDINGS_LISTEN", "127.0.0.1:0");
    for name in [
        "BASE_URL",
        "SECRET",
        "RECORD_KEY",
        "MAIL",
        "TRUSTED_PROXIES",
        "LOG",
    ] {
        command.env_remove(format!("SOUNDINGS_{name}"));
    }
    command
}

/// The same, with the secret that PostgreSQL needs.
pub fn soundings(folder: &Path, url: &str, words: &[&str]) -> Output {
    let mut command = bare(folder, url, words);
    if !url.starts_with("sqlite:") {
        command.env(
            "SOUNDINGS_SECRET",
            "the secret of a test, longer than 32 characters",
        );
    }
    command.output().expect("the program runs")
}

#[track_caller]
pub fn done(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Exit 2 and one sentence.
#[track_caller]
pub fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

on_both! {
    async fn a_changed_record_is_found(app: &TestApp) {
        app.with_demonstration().await;
        let folder = tempfile::tempdir().expect("a folder");
        let url = &app.app.config.database_url;
        let said = done(&soundings(folder.path(), url, &["check", "record"]));
        assert!(said.contains("follow one from the other"), "{said}");
        app.app
            .db
            .writing()
            .execute_unprepared(
                "UPDATE audit_entry SET subject = 'another' \
                 WHERE id = (SELECT MIN(id) + 3 FROM audit_entry)",
            )
            .await
            .expect("somebody with the database's password");
        let output = soundings(folder.path(), url, &["check", "record"]);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("The record was changed"), "{said}");
    }

    async fn a_backup_brings_everything_back_and_a_damaged_one_brings_nothing(app: &TestApp) {
        app.with_places().await;
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).display().to_string();
        let config = &app.app.config;
        done(&soundings(folder.path(), &config.database_url, &["backup", &at("whole")]));
        refused(&soundings(folder.path(), &config.database_url, &["backup", &at("whole")]));
        let used = refused(&soundings(folder.path(), &config.database_url, &["restore", &at("whole")]));
        assert!(used.contains("in use"), "{used}");
        let mut bytes = std::fs::read(at("whole")).expect("reads");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(at("damaged"), &bytes).expect("writes");
        std::fs::write(at("cut"), &bytes[..middle]).expect("writes");
        std::fs::write(at("other"), "not a backup").expect("writes");
        let (target, name) = empty_target(app, folder.path()).await;
        for file in ["damaged", "cut", "other", "missing"] {
            refused(&soundings(folder.path(), &target, &["restore", &at(file)]));
        }
        done(&soundings(folder.path(), &target, &["restore", &at("whole")]));
        let db = server::db::Db::open(&target).await.expect("opens");
        let wards = server::council::queries::areas(db.read()).await.expect("reads");
        assert_eq!(wards.len(), 24);
        db.close().await;
        if let Some(name) = name {
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            app.app.db.writing().execute_unprepared(&drop).await.expect("removed");
        }
    }
}

/// The address of an empty database of the same kind, and its name where it has to be removed.
async fn empty_target(app: &crate::support::TestApp, folder: &Path) -> (String, Option<String>) {
    if app.app.db.is_sqlite() {
        let file = folder.join("restored.db");
        return (format!("sqlite://{}", file.display()), None);
    }
    let name = format!(
        "soundings_restored_{}",
        server::secret::token().expect("random")
    );
    let make = format!("CREATE DATABASE {name}");
    app.app
        .db
        .writing()
        .execute_unprepared(&make)
        .await
        .expect("made");
    let mut url = url::Url::parse(&app.app.config.database_url).expect("an address");
    url.set_path(&name);
    (url.to_string(), Some(name))
}

on_both! {
    async fn a_demonstration_is_never_served_under_a_public_address(app: &TestApp) {
        app.marked().await;
        let folder = tempfile::tempdir().expect("a folder");
        let words = [
            "serve",
            "--base-url",
            "https://consult.example.gov.uk",
            "--secret",
            "a secret of more than thirty-two characters",
        ];
        let said = refused(&soundings(folder.path(), &app.app.config.database_url, &words));
        assert!(said.contains("demonstration"), "{said}");
    }

    async fn the_first_administrator_gets_a_link_that_works_once(app: &TestApp) {
        let folder = tempfile::tempdir().expect("a folder");
        let words = ["create-admin", "--name", "Jo Bloggs", "--email", "Jo@council.example", "--organisation", "Other Council"];
        let url = &app.app.config.database_url;
        let said = done(&soundings(folder.path(), url, &words));
        let path = &said[said.find("/invitation/").expect("a link")..];
        let browser = app.anyone();
        let form = browser.get(path.trim()).await.expect(200);
        browser
            .submit(&form, "main form", &[("new-password", "seven barges in fog")])
            .await
            .expect(303);
        browser.get("/desk/people").await.expect(200);
        app.anyone().get(path.trim()).await.expect(410);
        assert!(refused(&soundings(folder.path(), url, &words)).contains("already"));
    }
}

#[test]
fn a_wrong_setting_is_one_sentence_and_exit_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = "sqlite://s.db";
    let run = |words: &[&str]| soundings(folder.path(), url, words);
    refused(&run(&["migrate", "--listen", "nowhere"]));
    refused(&run(&["migrate", "--database-url", "mysql://x"]));
    refused(&run(&["migrate", "--mail", "pigeon"]));
    refused(&run(&[
        "serve",
        "--base-url",
        "https://consult.example.gov.uk",
    ]));
    refused(&run(&["serve", "--secret", "short"]));
    for command in [
        "serve",
        "migrate",
        "create-admin",
        "import",
        "export",
        "check",
        "backup",
        "restore",
    ] {
        assert!(
            done(&run(&[command, "--help"])).contains("Usage"),
            "{command}"
        );
    }
}

#[test]
fn a_database_that_is_not_there_is_neither_looked_at_nor_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = format!("sqlite://{}/mistyped.db", folder.path().display());
    for words in [
        &["backup", "whole"][..],
        &["check", "record"],
        &["check", "tallies"],
        &["check", "tallies", "--rebuild"],
        &["export", "consultation", "a"],
    ] {
        let said = refused(&soundings(folder.path(), &missing, words));
        assert!(said.contains("mistyped.db"), "{words:?}: {said}");
    }
    // A file that is there and holds no site is none either.
    std::fs::write(folder.path().join("empty.db"), "").expect("written");
    let empty = format!("sqlite://{}/empty.db", folder.path().display());
    let said = refused(&soundings(folder.path(), &empty, &["backup", "whole"]));
    assert!(said.contains("holds no site"), "{said}");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !name.starts_with("empty.db"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[test]
fn what_holds_names_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let url = |name: &str| format!("sqlite://{}", at(name).display());
    let words = [
        "create-admin",
        "--name",
        "Jo",
        "--email",
        "jo@council.example",
        "--organisation",
        "Council",
    ];
    done(&soundings(folder.path(), &url("site.db"), &words));
    done(&soundings(
        folder.path(),
        &url("site.db"),
        &["backup", "whole"],
    ));
    done(&soundings(
        folder.path(),
        &url("again.db"),
        &["restore", "whole"],
    ));
    for (name, right) in [
        ("site.db", 0o600),
        ("whole", 0o600),
        ("again.db", 0o600),
        ("mail", 0o700),
    ] {
        let mode = std::fs::metadata(at(name))
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, right, "{name}");
    }
}

#[test]
fn help_shows_no_password_of_the_environment() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in [&["--help"][..], &["serve", "--help"], &["help", "backup"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_soundings"))
            .args(words)
            .current_dir(folder.path())
            .env(
                "SOUNDINGS_DATABASE_URL",
                "postgres://soundings:hunter2@db/soundings",
            )
            .env("SOUNDINGS_MAIL", "smtps://mailer:hunter2@mail.example")
            .env(
                "SOUNDINGS_SECRET",
                "hunter2 and more than thirty-two characters",
            )
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            said.contains("SOUNDINGS_DATABASE_URL") && said.contains("SOUNDINGS_MAIL"),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
}

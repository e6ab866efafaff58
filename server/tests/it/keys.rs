//! The keys of a server: made where there are none, kept to their owner, and demanded where one that
//! is made would not do.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::command_line::{bare, done, refused};

const URL: &str = "sqlite://s.db";
const SECRET: &str = "a secret of more than thirty-two characters";

fn admin(email: &str) -> [&str; 7] {
    [
        "create-admin",
        "--name",
        "Jo Bloggs",
        "--email",
        email,
        "--organisation",
        "Other Council",
    ]
}

fn key(folder: &Path, ending: &str) -> String {
    let file = folder.join(format!("s.db.{ending}"));
    let mode = std::fs::metadata(&file)
        .expect("a key")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600, "{ending} is its owner's alone");
    let text = std::fs::read_to_string(&file).expect("reads");
    assert_eq!(text.trim().len(), 64);
    text.trim().to_owned()
}

#[test]
fn a_first_start_on_sqlite_makes_keys_says_so_once_and_shows_them_to_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| bare(folder.path(), URL, words).output().expect("runs");
    let first = run(&admin("jo@council.example"));
    done(&first);
    let keys = ["secret", "record-key"].map(|ending| key(folder.path(), ending));
    assert_ne!(keys[0], keys[1]);
    let said = String::from_utf8_lossy(&first.stderr).into_owned();
    for (ending, value) in ["secret", "record-key"].iter().zip(&keys) {
        assert_eq!(said.matches(&format!("s.db.{ending}")).count(), 1, "{said}");
        for output in [&first.stdout, &first.stderr] {
            assert!(!String::from_utf8_lossy(output).contains(value));
        }
    }
    let second = run(&admin("sam@council.example"));
    done(&second);
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(!said.contains("s.db.secret"), "said once: {said}");
    assert_eq!(
        key(folder.path(), "secret"),
        keys[0],
        "the same from then on"
    );
    // Two databases have two.
    let other = tempfile::tempdir().expect("a folder");
    let made = bare(other.path(), URL, &admin("jo@council.example")).output();
    done(&made.expect("runs"));
    assert_ne!(key(other.path(), "secret"), keys[0]);
}

#[test]
fn what_signs_nothing_makes_no_key_and_needs_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| bare(folder.path(), URL, words).output().expect("runs");
    done(&run(&["migrate"]));
    done(&run(&["check", "record"]));
    let said = done(&run(&["backup", "whole"]));
    assert!(said.contains("keys"), "what is not in it is said: {said}");
    assert!(!folder.path().join("s.db.secret").exists());
    assert!(!folder.path().join("s.db.record-key").exists());
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| bare(folder.path(), URL, words).output().expect("runs");
    done(&run(&admin("jo@council.example")));
    let file = folder.path().join("s.db.secret");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("changed");
    let said = refused(&run(&["serve"]));
    assert!(said.contains("600"), "{said}");
}

#[test]
fn where_a_secret_has_to_be_shared_or_is_worth_guessing_none_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |url: &str, words: &[&str]| bare(folder.path(), url, words).output().expect("runs");
    for url in [
        "postgres://nobody@127.0.0.1:9/x",
        "postgresql://nobody@127.0.0.1:9/x",
    ] {
        for words in [&["serve"][..], &admin("jo@council.example")] {
            let said = refused(&run(url, words));
            assert!(
                said.contains("SOUNDINGS_SECRET must be set with PostgreSQL"),
                "{said}"
            );
        }
    }
    for words in [
        &["serve", "--trusted-proxies", "1"][..],
        &[
            "serve",
            "--trusted-proxies",
            "2",
            "--base-url",
            "http://localhost:3000",
        ],
        &["serve", "--base-url", "https://consult.example.gov.uk"],
        &["serve", "--base-url", "http://consult.example"],
        &["serve", "--base-url", "http://192.168.1.7:3000"],
        &["serve", "--listen", "0.0.0.0:3000"],
    ] {
        let said = refused(&run(URL, words));
        assert!(
            said.contains("SOUNDINGS_SECRET must be set"),
            "{words:?}: {said}"
        );
    }
    let short = refused(&run(URL, &["serve", "--secret", "x".repeat(31).as_str()]));
    assert!(short.contains("32 characters"), "{short}");
    for key in ["", "0a", &"g".repeat(64)] {
        let said = refused(&run(
            URL,
            &["serve", "--secret", SECRET, "--record-key", key],
        ));
        assert!(said.contains("64 hexadecimal digits"), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("reads").count(), 0);
}

#[test]
fn a_base_address_is_scheme_host_and_port_and_what_it_holds_beside_is_not_said_again() {
    let folder = tempfile::tempdir().expect("a folder");
    for address in [
        "http://u:hunter2@127.0.0.1/",
        "http://u@127.0.0.1",
        "http://:hunter2@localhost:3000",
        "http://@127.0.0.1",
        "http://127.0.0.1/?hunter2",
        "http://127.0.0.1?",
        "http://127.0.0.1/#hunter2",
        "http://127.0.0.1#",
        "http://127.0.0.1/path",
        "ftp://127.0.0.1",
        "localhost:3000",
        "",
    ] {
        for words in [&["serve"][..], &["migrate"]] {
            let words = [words, &["--secret", SECRET, "--base-url", address]].concat();
            let said = refused(&bare(folder.path(), URL, &words).output().expect("runs"));
            assert!(said.contains("SOUNDINGS_BASE_URL"), "{address}: {said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
    }
}

#[test]
fn a_server_with_nothing_configured_serves_with_keys_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address");
    drop(free);
    let mut child = bare(
        folder.path(),
        URL,
        &["serve", "--listen", &address.to_string()],
    )
    .stdout(Stdio::null())
    .stderr(Stdio::null())
    .spawn()
    .expect("starts");
    let began = Instant::now();
    while std::net::TcpStream::connect(address).is_err() && began.elapsed().as_secs() < 20 {
        std::thread::sleep(Duration::from_millis(10));
    }
    let served = std::net::TcpStream::connect(address).is_ok();
    let _ = child.kill();
    let _ = child.wait();
    assert!(served);
    key(folder.path(), "secret");
    key(folder.path(), "record-key");
}

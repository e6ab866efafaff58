//! The disk is full, then freed: nothing is acknowledged that is not kept, what people wrote stays
//! on their page, reading goes on, and writing heals without a restart.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;

use super::CLIENTS;
use super::client::Client;
use super::ledger::{self, Ledger};
use super::process::Server;
use crate::neighbourhood::wards;
use crate::response::asked::{Asked, open};
use crate::response::{check_page, stored, tallies_agree};
use crate::support::{Page, TestApp};
use server::record::audit::{self, Chain};

/// A small file system of its own, taken away when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// `None` only where somebody has said that nothing can be mounted on their machine: a test that
    /// passes because it did not run is worse than none.
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .status();
        if done.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        assert!(
            std::env::var_os("SOUNDINGS_NO_MOUNT").is_some() && std::env::var_os("CI").is_none(),
            "no file system can be mounted: run the tests as root, or set SOUNDINGS_NO_MOUNT=1 to \
             leave out the one test that fills a disk of its own"
        );
        eprintln!("not run: SOUNDINGS_NO_MOUNT says that nothing can be mounted here");
        None
    }

    /// Writes a file until nothing more goes.
    fn fill(&self) -> PathBuf {
        let ballast = self.0.path().join("ballast");
        let mut file = std::fs::File::create(&ballast).expect("a file");
        for size in [1 << 16, 1 << 12, 1] {
            while file.write_all(&vec![b'x'; size]).is_ok() {}
        }
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.0.path())
            .status();
    }
}

/// Clients respond until this long has passed.
async fn load(server: &Server, asked: &Asked, ledger: &Ledger, name: &str, millis: u64) {
    let until = Instant::now() + Duration::from_millis(millis);
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let name = format!("{name} client {client}");
            tokio::spawn(ledger::respond_through(
                until,
                server.address(),
                asked.clone(),
                ledger.clone(),
                name,
            ))
        })
        .collect();
    for client in clients {
        client.await.expect("a client ends in time");
    }
}

/// Load before, during and after a fault that `cause` begins and `end` ends.
async fn through(app: &TestApp, cause: impl Fn(&Server), end: impl Fn(&Server)) {
    let asked = open(&app.app).await;
    let ledger = Ledger::default();
    let mut server = Server::start(app).await;
    load(&server, &asked, &ledger, "before", 500).await;
    let before = ledger.promised();
    assert!(before > 0, "nothing was taken before");
    cause(&server);
    load(&server, &asked, &ledger, "during", 1_500).await;
    let refusals = ledger.refusals();
    assert!(
        refusals.contains_key(&503),
        "nothing was refused: {refusals:?}"
    );
    assert_eq!(refusals.len(), 1, "another answer than 503: {refusals:?}");
    let mut reader = Client::connect(server.address()).await.expect("connects");
    for path in ["/", "/consultations", &asked.path("respond")] {
        let read = reader.get(path).await.expect("an answer");
        assert_eq!(read.status, 200, "{path}");
    }
    end(&server);
    let during = ledger.promised();
    load(&server, &asked, &ledger, "after", 2_000).await;
    assert!(
        ledger.promised() > during,
        "nothing is taken after the fault"
    );
    ledger.send_what_was_not_answered(server.address()).await;
    server.kill();
    ledger.verify(app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_is_full_and_freed_under_load_loses_nothing() {
    let Some(disk) = SmallDisk::mount("24m") else {
        return;
    };
    let app = TestApp::on_sqlite_in(disk.0.path()).await;
    let ballast = disk.0.path().join("ballast");
    through(
        &app,
        |_| drop(disk.fill()),
        |_| std::fs::remove_file(&ballast).expect("freed"),
    )
    .await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_that_fail_under_load_and_go_again_lose_nothing() {
    let app = TestApp::on_sqlite().await;
    through(
        &app,
        |server| server.limit_files(Some(4_096)),
        |server| server.limit_files(None),
    )
    .await;
    app.finish().await;
}

/// Lets the database grow no more, as a full disk would.
async fn no_more_pages(app: &TestApp) {
    pragma(app, "VACUUM").await;
    pragma(app, "PRAGMA max_page_count = 1").await;
}

/// Lets it grow again.
async fn more_pages(app: &TestApp) {
    pragma(app, "PRAGMA max_page_count = 1000000000").await;
}

async fn pragma(app: &TestApp, words: &str) {
    let writing = app.app.db.writing();
    writing.execute_unprepared(words).await.expect("done");
}

/// Lets nothing at all be written, or everything again.
async fn writes(app: &TestApp, permitted: bool) {
    let words = format!("PRAGMA query_only = {}", u8::from(!permitted));
    pragma(app, &words).await;
}

#[track_caller]
fn unavailable(page: Page) -> Page {
    let page = page.expect(503);
    assert_eq!(page.header("retry-after"), "5");
    page
}

#[tokio::test]
async fn what_was_typed_stays_on_the_page_when_the_disk_is_full() {
    let app = TestApp::on_sqlite().await;
    let (ward, _) = wards(&app).await;
    let asked = open(&app.app).await;
    let long = "The kerb is high. ".repeat(150).trim_end().to_owned();
    let officer = app.sign_in("officer@council.example").await;
    let resident = app.anyone();
    // The first fills the page that its table begins with, so that the next needs another.
    let first = check_page(&app, &asked, &asked.fields(&long))
        .await
        .expect(200);
    resident.submit(&first, "main form", &[]).await.expect(303);
    let check = check_page(&app, &asked, &asked.fields(&long))
        .await
        .expect(200);
    no_more_pages(&app).await;
    let again = unavailable(resident.submit(&check, "main form", &[]).await);
    assert!(
        again
            .main_text()
            .contains("Your answers are all still here")
    );
    assert_eq!(again.value("key"), check.value("key"));
    assert_eq!(again.value(&asked.answer(2)), long);
    assert_eq!(stored(&app).await, 1);
    // There is room again: the same page is sent, without a restart.
    more_pages(&app).await;
    resident.submit(&again, "main form", &[]).await.expect(303);
    resident.submit(&again, "main form", &[]).await.expect(303);
    assert_eq!(stored(&app).await, 2);
    tallies_agree(&app).await;

    let path = format!("/areas/{ward}/concern");
    let form = resident.get(&format!("{path}?step=form")).await.expect(200);
    let typed = [
        ("category", "roads"),
        ("what", long.as_str()),
        ("place", "Here"),
        ("contact", "no"),
    ];
    let first = resident
        .submit(&form, "main form", &typed)
        .await
        .expect(200);
    resident
        .submit(&first, "main form", &[("go", "send")])
        .await
        .expect(303);
    let form = resident.get(&format!("{path}?step=form")).await.expect(200);
    let check = resident
        .submit(&form, "main form", &typed)
        .await
        .expect(200);
    no_more_pages(&app).await;
    let again = unavailable(
        resident
            .submit(&check, "main form", &[("go", "send")])
            .await,
    );
    assert!(again.main_text().contains("it can’t be counted twice"));
    assert_eq!(again.value("what"), long);
    more_pages(&app).await;
    resident
        .submit(&again, "main form", &[("go", "send")])
        .await
        .expect(303);
    resident.get("/concerns/receipt").await.expect(200);

    // Whoever is signed in reads on, even in an hour in which that would be noted.
    app.later(1);
    writes(&app, false).await;
    officer.get("/desk").await.expect(200);
    let email = "officer@council.example";
    let right = [
        ("email", email),
        ("password", crate::support::password(email)),
    ];
    unavailable(app.anyone().post("/sign-in", &right).await);
    let begin = officer.get("/desk/consultations/new").await.expect(200);
    let fields = [("title", "A bridge"), ("regime", "non-statutory")];
    unavailable(officer.submit(&begin, "main form", &fields).await);
    writes(&app, true).await;
    officer
        .submit(&begin, "main form", &fields)
        .await
        .expect(303);
    app.anyone().post("/sign-in", &right).await.expect(303);
    let whole = audit::verify(app.app.db.read()).await.expect("reads");
    assert!(matches!(whole, Chain::Whole(_)), "{whole:?}");
    app.finish().await;
}

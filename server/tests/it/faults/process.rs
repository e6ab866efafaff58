//! The real binary, on the database of a test.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::TestApp;

/// A running server. It is killed when dropped.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it listens. Its letters are of no interest.
    pub async fn start(app: &TestApp) -> Self {
        let folder = tempfile::tempdir().expect("a folder").keep();
        Self::sending_into(&folder, app).await
    }

    /// The same, whose letters are written into this folder.
    pub async fn sending_into(folder: &Path, app: &TestApp) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let mut url = app.app.config.database_url.clone();
        if !app.app.db.is_sqlite() {
            let join = if url.contains('?') { '&' } else { '?' };
            url = format!("{url}{join}application_name=under%20test");
        }
        // A write beyond a limit on the size of files is an error, as on a full disk, and no signal.
        let child = Command::new("sh")
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
            .arg(env!("CARGO_BIN_EXE_soundings"))
            .args(["serve", "--no-limits", "--no-migrate"])
            .env("SOUNDINGS_DATABASE_URL", url)
            .env("SOUNDINGS_LISTEN", address.to_string())
            .env("SOUNDINGS_BASE_URL", format!("http://{address}"))
            .env("SOUNDINGS_MAIL", format!("file:{}", folder.display()))
            .env(
                "SOUNDINGS_SECRET",
                "the secret of a test, longer than 32 characters",
            )
            .env("SOUNDINGS_LOG", "off")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let server = Self { child, address };
        let began = Instant::now();
        while tokio::net::TcpStream::connect(address).await.is_err() {
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "the server does not listen"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets it write no byte of a file beyond this place; `None` lets it write again.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        let done = Command::new("prlimit")
            .args(["--pid", &self.child.id().to_string()])
            .arg(format!("--fsize={limit}:"))
            .status()
            .expect("Debian's util-linux has prlimit");
        assert!(done.success());
    }

    /// The most memory that it has had, in kB.
    pub fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("a process of this system");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.and_then(|kb| kb.parse().ok()).expect("a number")
    }

    /// SIGTERM, and waits until it has ended.
    pub async fn terminate(&mut self) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(asked.expect("a signal is sent").success());
        while self.child.try_wait().expect("a child").is_none() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// SIGKILL: nothing is finished, nothing is flushed.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

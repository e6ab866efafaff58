//! A server of a borough of its own, on loopback, for as long as somebody looks at it.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::shell::{built, must, program};

/// The site. Its server is stopped when it is dropped.
pub struct Site {
    /// Where its database, its letters and its log are.
    pub folder: PathBuf,
    listen: String,
    _server: Running,
}

impl Site {
    /// Makes the demonstration in this folder, which is emptied, and serves it with the programs of this
    /// profile.
    ///
    /// # Errors
    /// Where it can't be made or served.
    pub fn start(folder: PathBuf, profile: &str) -> Result<Self, String> {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|error| format!("{error}."))?;
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| format!("No port is free: {error}."))?
            .port();
        let listen = format!("127.0.0.1:{port}");
        let url = format!("sqlite://{}", folder.join("soundings.db").display());
        let mail = format!("file:{}", folder.join("mail").display());
        let prepare = |name: &str| -> Command {
            let mut command = program(built(profile, name));
            command
                .env("SOUNDINGS_DATABASE_URL", &url)
                .env("SOUNDINGS_MAIL", &mail)
                // Each journey says which address it comes from; behind a proxy a secret must be set.
                .env("SOUNDINGS_TRUSTED_PROXIES", "1")
                .env(
                    "SOUNDINGS_SECRET",
                    "of journeys on loopback, thrown away with their folder",
                )
                .env("SOUNDINGS_LISTEN", &listen);
            command
        };
        must(
            prepare("workshop")
                .args(["seed", "demo"])
                .stdout(Stdio::null()),
        )?;
        let log = fs::File::create(folder.join("log")).map_err(|error| format!("{error}."))?;
        let child = prepare("soundings")
            .arg("serve")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("The server can't be started: {error}."))?;
        let server = Running(child);
        wait_for(&listen)?;
        Ok(Self {
            folder,
            listen,
            _server: server,
        })
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}", self.listen)
    }

    /// The folder of its letters.
    pub fn mail(&self) -> PathBuf {
        self.folder.join("mail")
    }
}

/// Waits until the server answers that it is ready.
///
/// # Errors
/// Where it does not within half a minute.
fn wait_for(listen: &str) -> Result<(), String> {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(30) {
        if let Ok(mut stream) = TcpStream::connect(listen) {
            let _ = write!(
                stream,
                "GET /health/ready HTTP/1.0\r\nHost: {listen}\r\n\r\n"
            );
            let mut answer = String::new();
            if stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.0 200") {
                return Ok(());
            }
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(format!("The server on {listen} did not become ready."))
}

/// A server that is stopped when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

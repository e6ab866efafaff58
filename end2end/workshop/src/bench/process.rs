//! A server of our own as another process, and what the kernel says of it.
//!
//! Invariant: the process is stopped, and its folder removed, when its handle is dropped.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::bench::client::Client;
use server::cli::CliError;

/// Ticks a second in `/proc/<pid>/stat`; Linux has told programs 100 on every machine since 2.6.
const TICKS: f64 = 100.0;
/// A server that takes longer than this to be ready will not be.
const START: Duration = Duration::from_secs(60);

/// A folder of our own under the temporary one.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it.
    pub fn new() -> Result<Self, CliError> {
        let name = format!("soundings-bench-{}", server::secret::token()?);
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running process that listens.
pub struct Process {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From starting it until it answered that it is ready.
    pub cold_start: Duration,
}

/// A port nobody listens on.
pub fn free_port() -> Result<SocketAddr, CliError> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// The server that was built beside this program.
pub fn soundings() -> Result<PathBuf, CliError> {
    let path = std::env::current_exe()?.with_file_name("soundings");
    if path.exists() {
        return Ok(path);
    }
    Err(CliError::Usage(format!(
        "The server is measured as it was built beside this program, and {} is missing: build the \
         package “server” in the same way.",
        path.display()
    )))
}

impl Process {
    /// Starts a program with arguments and waits until `path` is answered with 200.
    pub async fn start(
        program: &Path,
        address: SocketAddr,
        arguments: &[&str],
        environment: &[(&str, String)],
        path: &str,
    ) -> Result<Self, CliError> {
        let mut command = Command::new(program);
        command.args(arguments).stdout(Stdio::null());
        for (name, value) in environment {
            command.env(name, value);
        }
        let begin = Instant::now();
        let mut process = Self {
            child: command.spawn()?,
            address,
            cold_start: Duration::ZERO,
        };
        while begin.elapsed() < START {
            if let Ok(mut client) = Client::connect(address).await
                && client.get(path, "").await.is_ok_and(|a| a.status == 200)
            {
                process.cold_start = begin.elapsed();
                return Ok(process);
            }
            if let Some(status) = process.child.try_wait()? {
                return Err(CliError::Failed(format!(
                    "The server ended before it was ready: {status}."
                )));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Err(CliError::Failed("The server does not get ready.".into()))
    }

    /// Processor time used so far, by user and kernel, in milliseconds.
    pub fn cpu_ms(&self) -> Result<f64, CliError> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name in brackets may hold spaces; 14 and 15 of proc(5) come 11 fields after it.
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let ticks = |at: usize| {
            let field = fields.get(at).and_then(|field| field.parse::<f64>().ok());
            field.unwrap_or_default()
        };
        Ok((ticks(11) + ticks(12)) * 1e3 / TICKS)
    }

    /// Resident memory in MiB.
    pub fn resident_mib(&self) -> Result<f64, CliError> {
        self.status("VmRSS:")
    }

    /// The most resident memory so far in MiB.
    pub fn peak_mib(&self) -> Result<f64, CliError> {
        self.status("VmHWM:")
    }

    fn status(&self, key: &str) -> Result<f64, CliError> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kib = status
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        Ok(kib.unwrap_or_default() / 1024.0)
    }

    /// Asks it to stop and waits until it has, as an operator would.
    pub fn stop(&mut self) {
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let begin = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if begin.elapsed() > Duration::from_secs(20) {
                let _ = self.child.kill();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.stop();
        }
    }
}

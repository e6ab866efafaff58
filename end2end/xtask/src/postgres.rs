//! A throw-away PostgreSQL cluster on a loopback port.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::shell::{must, output, program, target};

/// A running cluster; stopped and removed when dropped.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
    as_postgres: bool,
}

/// The folder of PostgreSQL's server programs, newest version first.
pub fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

/// A folder in memory with four gigabytes to spare, if there is one.
fn memory() -> Option<PathBuf> {
    const NEEDED: u64 = 4 * 1024 * 1024 * 1024;
    let folder = PathBuf::from("/dev/shm");
    let free = output(
        program("df")
            .args(["--output=avail", "--block-size=1"])
            .arg(&folder),
    )
    .ok()?;
    let free: u64 = free.lines().last()?.trim().parse().ok()?;
    (free > NEEDED).then_some(folder)
}

impl Cluster {
    /// Makes and starts one.
    ///
    /// # Errors
    /// Those of PostgreSQL's programs.
    pub fn start() -> Result<Self, String> {
        Self::start_in(None)
    }

    /// The same in memory where this machine has room for it: the tests make a database each, and a
    /// disk is what they would wait for. Settings stay those of a server.
    ///
    /// # Errors
    /// Those of PostgreSQL's programs.
    pub fn start_in_memory() -> Result<Self, String> {
        Self::start_in(memory())
    }

    fn start_in(memory: Option<PathBuf>) -> Result<Self, String> {
        let programs = programs().ok_or("PostgreSQL's server programs are missing.")?;
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| format!("No port is free: {error}."))?
            .port();
        // PostgreSQL refuses to run as root; its own user must reach the folder.
        let as_postgres = output(program("id").arg("-u"))? == "0";
        let base = memory.unwrap_or_else(|| {
            if as_postgres {
                std::env::temp_dir()
            } else {
                target()
            }
        });
        let folder = base.join(format!("soundings-postgres-{port}"));
        fs::create_dir_all(&folder).map_err(|error| format!("{error}."))?;
        if as_postgres {
            must(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let cluster = Self {
            folder,
            programs,
            port,
            as_postgres,
        };
        let data = cluster.folder.join("data");
        must(
            cluster
                .program("initdb")
                .args(["-A", "trust", "-U", "soundings", "--no-instructions", "-D"])
                .arg(&data)
                .stdout(Stdio::null()),
        )?;
        must(
            cluster
                .program("pg_ctl")
                .args(["start", "-s", "-w", "-D"])
                .arg(&data)
                .arg("-l")
                .arg(cluster.folder.join("log"))
                .arg("-o")
                .arg(format!(
                    "-p {port} -c listen_addresses=127.0.0.1 -c max_connections=200 \
                     -c unix_socket_directories={}",
                    cluster.folder.display()
                )),
        )?;
        Ok(cluster)
    }

    /// Its address, for the database that is always there.
    pub fn url(&self) -> String {
        format!("postgres://soundings@127.0.0.1:{}/postgres", self.port)
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if self.as_postgres {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(Path::new("/"));
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        let _ = self
            .program("pg_ctl")
            .args(["stop", "-s", "-m", "fast", "-D"])
            .arg(data)
            .status();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

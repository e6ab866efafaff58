//! Running other programs, and saying how long a step took.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program of ours as it was built with this profile.
pub fn built(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(name)
}

/// Where the browser's files are put; the server embeds them from there.
pub fn site() -> PathBuf {
    target().join("site")
}

/// The folder of the front-end packages.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// A program in the root of the repository.
pub fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command
        .current_dir(root())
        .env("SOUNDINGS_SITE_DIR", site());
    command
}

/// Cargo, the one that runs us.
pub fn cargo() -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What cargo told this program about itself. Build scripts look at these names (ring's does), so
    // that cargo by hand and cargo from here would each undo what the other has built.
    for (name, _) in std::env::vars_os() {
        let own = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_PRIMARY",
        ];
        if name
            .to_str()
            .is_some_and(|name| own.iter().any(|start| name.starts_with(start)))
        {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a program to its end.
///
/// # Errors
/// A sentence where it is missing or fails.
pub fn must(command: &mut Command) -> Result<(), String> {
    let shown = format!("{command:?}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("It failed ({status}): {shown}")),
        Err(error) => Err(format!("It can't be started ({error}): {shown}")),
    }
}

/// Runs a program and gives what it printed, without the spaces around it.
///
/// # Errors
/// A sentence where it is missing or fails.
pub fn output(command: &mut Command) -> Result<String, String> {
    let shown = format!("{command:?}");
    match command.stderr(Stdio::inherit()).output() {
        Ok(out) if out.status.success() => {
            Ok(String::from_utf8_lossy(&out.stdout).trim().to_owned())
        }
        Ok(out) => Err(format!("It failed ({}): {shown}", out.status)),
        Err(error) => Err(format!("It can't be started ({error}): {shown}")),
    }
}

/// Whether a program can be started.
pub fn has(name: &str) -> bool {
    Command::new(name)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The timings of a command, printed at its end.
pub struct Steps {
    all: usize,
    done: Vec<(String, Duration)>,
    began: Instant,
}

impl Steps {
    /// So many steps.
    pub fn new(all: usize) -> Self {
        Self {
            all,
            done: Vec::new(),
            began: Instant::now(),
        }
    }

    /// Does one step and says so.
    ///
    /// # Errors
    /// The step's own.
    pub fn step<T>(
        &mut self,
        what: &str,
        work: impl FnOnce() -> Result<T, String>,
    ) -> Result<T, String> {
        println!("[{}/{}] {what} …", self.done.len() + 1, self.all);
        let began = Instant::now();
        let outcome = work();
        self.done.push((what.to_owned(), began.elapsed()));
        outcome
    }

    /// Prints what took how long.
    pub fn print(&self) {
        println!("\nTimings");
        for (what, time) in &self.done {
            println!("  {:>7.1} s  {what}", time.as_secs_f64());
        }
        println!("  {:>7.1} s  in all", self.began.elapsed().as_secs_f64());
    }
}

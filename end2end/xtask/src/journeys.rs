//! Journeys in Debian's Chromium: scripts off and scripts on, each on a borough of its own.

use std::fs;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::count::Count;
use crate::run::{binary, workshop};
use crate::shell::{Steps, end2end, must, program, target};
use crate::{Outcome, assets, packages, run as server, visited};

/// The Playwright projects: scripts off, scripts on.
const PROJECTS: [&str; 2] = ["html", "islands"];

/// `cargo xtask e2e`, with arguments passed on to Playwright.
///
/// # Errors
/// The first step that fails, or any journey.
pub fn only(arguments: &[String]) -> Outcome {
    let mut steps = Steps::new(3);
    steps.step("Packages and assets", || {
        packages::debian()?;
        assets::build().map(drop)
    })?;
    steps.step("The server", server::build_both)?;
    let count = steps.step("Journeys", || run(arguments))?;
    steps.print();
    println!(
        "\n{} passed, {} failed, {} skipped",
        count.passed, count.failed, count.skipped
    );
    if count.failed > 0 {
        Err("Not every journey passed.".to_owned())
    } else {
        Ok(())
    }
}

/// Runs both projects, each against a fresh demonstration.
///
/// # Errors
/// Where the server can't be started.
pub fn run(arguments: &[String]) -> Result<Count, String> {
    let mut all = Count::default();
    let _ = fs::remove_file(visited::file());
    for project in PROJECTS {
        all = all + one(project, arguments)?;
    }
    // A part of the journeys says nothing about the routes of the others.
    if arguments.is_empty() {
        visited::check(&visited::file())?;
    }
    Ok(all)
}

fn one(project: &str, arguments: &[String]) -> Result<Count, String> {
    let folder = target().join("journeys").join(project);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{error}."))?;
    let url = format!("sqlite://{}", folder.join("soundings.db").display());
    let mail = format!("file:{}", folder.join("mail").display());
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(|error| format!("No port is free: {error}."))?
        .port();
    let listen = format!("127.0.0.1:{port}");
    let prepare = |command: &mut std::process::Command| {
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
    };
    let log = fs::File::create(folder.join("log")).map_err(|error| format!("{error}."))?;
    let mut seed = program(workshop());
    prepare(&mut seed);
    must(seed.args(["seed", "demo"]).stdout(Stdio::null()))?;
    let mut serve = program(binary());
    prepare(&mut serve);
    serve.arg("serve").stdout(Stdio::null()).stderr(log);
    let child = serve
        .spawn()
        .map_err(|error| format!("The server can't be started: {error}."))?;
    let _server = Running(child);
    wait_for(&listen)?;
    let report = folder.join("report.json");
    let mut playwright = program("node");
    playwright
        .current_dir(end2end())
        .arg("node_modules/@playwright/test/cli.js")
        .args(["test", "--project", project])
        .args(arguments)
        .env("SOUNDINGS_E2E_URL", format!("http://{listen}"))
        .env("SOUNDINGS_E2E_MAIL", folder.join("mail"))
        .env("SOUNDINGS_E2E_VISITED", visited::file())
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    let passed = playwright
        .status()
        .map_err(|error| format!("{error}."))?
        .success();
    let count = read(&report)?;
    Ok(if !passed && count.failed == 0 {
        Count { failed: 1, ..count }
    } else {
        count
    })
}

fn read(report: &PathBuf) -> Result<Count, String> {
    let text = fs::read_to_string(report)
        .map_err(|_| "The journeys left no report: see above.".to_owned())?;
    let json: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("The report is broken: {error}."))?;
    let stat = |name: &str| json["stats"][name].as_u64().unwrap_or(0);
    Ok(Count {
        passed: stat("expected") + stat("flaky"),
        failed: stat("unexpected"),
        skipped: stat("skipped"),
    })
}

/// Waits until the server answers that it is ready.
///
/// # Errors
/// Where it does not within half a minute.
pub fn wait_for(listen: &str) -> Result<(), String> {
    use std::io::Write;
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
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

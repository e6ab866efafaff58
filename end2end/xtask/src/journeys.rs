//! Journeys in Debian's Chromium: scripts off and scripts on, each on a borough of its own.

use std::fs;
use std::path::Path;

use crate::count::Count;
use crate::shell::{Steps, end2end, program, target};
use crate::site::Site;
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
        assets::build(assets::Browser::Soon).map(drop)
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
    let site = Site::start(target().join("journeys").join(project), server::PROFILE)?;
    let mut all = Count::default();
    // What would disturb others comes when they are done.
    for project in [project, &format!("{project} alone")] {
        all = all + of_project(project, &site, arguments)?;
    }
    Ok(all)
}

fn of_project(project: &str, site: &Site, arguments: &[String]) -> Result<Count, String> {
    let report = site.folder.join("report.json");
    let _ = fs::remove_file(&report);
    let mut playwright = program("node");
    playwright
        .current_dir(end2end())
        .arg("node_modules/@playwright/test/cli.js")
        .args(["test", "--pass-with-no-tests", "--project", project])
        .args(arguments)
        .env("SOUNDINGS_E2E_URL", site.url())
        .env("SOUNDINGS_E2E_MAIL", site.mail())
        .env("SOUNDINGS_E2E_VISITED", visited::file())
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    let passed = playwright
        .status()
        .map_err(|error| format!("{error}."))?
        .success();
    let count = read(&report)?;
    if arguments.is_empty() && count.passed + count.failed == 0 {
        return Err(format!("“{project}” has no journeys."));
    }
    Ok(if !passed && count.failed == 0 {
        Count { failed: 1, ..count }
    } else {
        count
    })
}

fn read(report: &Path) -> Result<Count, String> {
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

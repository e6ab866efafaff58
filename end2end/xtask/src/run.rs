//! `cargo xtask run`: from a fresh clone to the demonstration in one command.

use std::os::unix::process::CommandExt;

use crate::shell::{Steps, built, cargo, must, program, target};
use crate::{Outcome, assets, browser_target, packages};

/// The profile that `run` and `test` share.
pub const PROFILE: &str = "debug";

/// Builds the server and the workshop, at once, so that both use the same build of what they share.
///
/// # Errors
/// Those of cargo.
pub fn build_both() -> Result<(), String> {
    must(cargo().args([
        "build",
        "--quiet",
        "--package=server",
        "--package=workshop",
        "--bins",
    ]))
}

/// Sets up, seeds and serves.
///
/// # Errors
/// The first step that fails.
pub fn run() -> Outcome {
    let mut steps = Steps::new(5);
    steps.step("Front-end packages", packages::npm)?;
    steps.step("Browser target", browser_target::ensure)?;
    steps.step(
        "Styles, fonts and the browser part (about two minutes the first time)",
        || assets::build(assets::Browser::Soon).map(drop),
    )?;
    steps.step("The server (several minutes the first time)", build_both)?;
    let folder = target().join("demo");
    let file = folder.join("soundings.db");
    let url = format!("sqlite://{}", file.display());
    let mail = format!("file:{}", folder.join("mail").display());
    steps.step("The demonstration borough", || {
        std::fs::create_dir_all(&folder).map_err(|error| format!("{error}."))?;
        if file.exists() {
            println!(
                "    already there: {} (remove it to begin again)",
                file.display()
            );
            return Ok(());
        }
        must(
            program(built(PROFILE, "workshop"))
                .env("SOUNDINGS_DATABASE_URL", &url)
                .env("SOUNDINGS_MAIL", &mail)
                .args(["seed", "demo"]),
        )
        .inspect_err(|_| {
            // Half a borough is worse than none.
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", file.display()));
            }
        })
    })?;
    steps.print();
    let error = program(built(PROFILE, "soundings"))
        .env("SOUNDINGS_DATABASE_URL", url)
        .env("SOUNDINGS_MAIL", mail)
        .arg("serve")
        .exec();
    Err(format!("The server can't be started: {error}."))
}

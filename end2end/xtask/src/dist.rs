//! `cargo xtask dist`: the one binary for production.

use std::fs;

use crate::shell::{Steps, built, cargo, must, root};
use crate::{Outcome, assets, notices};

/// Builds it into `dist/`, with the licences of what is in it.
///
/// # Errors
/// Where building or copying fails.
pub fn run() -> Outcome {
    let mut steps = Steps::new(2);
    steps.step("Styles, fonts and the browser part", || {
        assets::build(assets::Browser::Small).map(drop)
    })?;
    steps.step(
        "The server, fully optimised (about ten minutes the first time)",
        || {
            must(cargo().args([
                "build",
                "--quiet",
                "--release",
                "--package=server",
                "--bin=soundings",
                "--locked",
            ]))
        },
    )?;
    let dist = root().join("dist");
    fs::create_dir_all(&dist).map_err(|error| format!("{error}."))?;
    let binary = dist.join("soundings");
    fs::copy(built("release", "soundings"), &binary).map_err(|error| format!("{error}."))?;
    fs::copy(root().join("LICENSE"), dist.join("LICENSE")).map_err(|error| format!("{error}."))?;
    fs::write(dist.join("NOTICES"), notices::text()?).map_err(|error| format!("{error}."))?;
    let bytes = fs::metadata(&binary)
        .map_err(|error| format!("{error}."))?
        .len();
    steps.print();
    println!("\n{} ({:.1} MB)", binary.display(), bytes as f64 / 1e6);
    Ok(())
}

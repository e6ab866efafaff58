//! `cargo xtask lighthouse`: every kind of page as Lighthouse sees it, on a phone with a slow network.

use crate::shell::{cargo, end2end, must, program, target};
use crate::site::Site;
use crate::{Outcome, assets, packages};

/// Installs Lighthouse beside the other packages, builds optimised, and measures the demonstration.
///
/// # Errors
/// Where building or measuring fails, or a page misses a bar.
pub fn run(arguments: &[String]) -> Outcome {
    packages::debian()?;
    assets::build(assets::Browser::Small)?;
    let folder = end2end().join("lighthouse");
    packages::install(&folder)?;
    eprintln!("Building the server and the workshop optimised …");
    must(cargo().args([
        "build",
        "--quiet",
        "--profile=bench-server",
        "--package=server",
        "--package=workshop",
        "--bins",
    ]))?;
    let site = Site::start(target().join("lighthouse"), "bench-server")?;
    must(
        program("node")
            .current_dir(&folder)
            .arg("measure.mjs")
            .arg(site.url())
            .args(arguments),
    )
}

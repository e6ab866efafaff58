//! `cargo xtask lighthouse`: every kind of page as Lighthouse sees it, on a phone with a slow network.

use crate::shell::{end2end, must, program, target};
use crate::site::Site;
use crate::{Outcome, bench, packages};

/// Installs Lighthouse beside the other packages, builds optimised, and measures the demonstration.
///
/// # Errors
/// Where building or measuring fails, or a page misses a bar.
pub fn run(arguments: &[String]) -> Outcome {
    bench::build()?;
    let folder = end2end().join("lighthouse");
    packages::install(&folder)?;
    let site = Site::start(target().join("lighthouse"), bench::PROFILE)?;
    must(
        program("node")
            .current_dir(&folder)
            .arg("measure.mjs")
            .arg(site.url())
            .args(arguments),
    )
}

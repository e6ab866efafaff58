//! `cargo xtask bench`: builds optimised and lets the workshop measure the server on loopback.

use crate::postgres::Cluster;
use crate::shell::{built, cargo, must, program};
use crate::{Outcome, assets, packages};

/// The profile that is measured.
pub const PROFILE: &str = "bench-server";

/// Builds what is measured, with the browser part as residents get it.
///
/// # Errors
/// Where something is missing, or building fails.
pub fn build() -> Outcome {
    packages::debian()?;
    assets::build(assets::Browser::Small)?;
    eprintln!("Building the server and the workshop optimised …");
    must(
        cargo()
            .args(["build", "--quiet", "--package=server", "--package=workshop"])
            .args(["--bins", "--profile", PROFILE]),
    )
}

/// Runs the measurements. With `opinion` first, those of the opinion groups.
///
/// # Errors
/// Where building or measuring fails.
pub fn run(arguments: &[String]) -> Outcome {
    if arguments.first().is_some_and(|word| word == "opinion") {
        return must(
            cargo()
                .args(["run", "--quiet", "--profile", PROFILE, "--package=domain"])
                .arg("--example=opinion_bench")
                .arg("--")
                .args(arguments.iter().skip(1)),
        );
    }
    build()?;
    let cluster = Cluster::start()?;
    must(
        program(built(PROFILE, "workshop"))
            .arg("bench")
            .arg("--postgres")
            .arg(cluster.url())
            .args(arguments),
    )
}

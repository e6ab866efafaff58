//! `cargo xtask bench`: builds optimised and lets the workshop measure the server on loopback.

use crate::postgres::Cluster;
use crate::shell::{cargo, must, program, target};
use crate::{Outcome, assets, packages};

/// Runs the measurements. With `opinion` first, those of the opinion groups.
///
/// # Errors
/// Where building or measuring fails.
pub fn run(arguments: &[String]) -> Outcome {
    if arguments.first().is_some_and(|word| word == "opinion") {
        return must(
            cargo()
                .args([
                    "run",
                    "--quiet",
                    "--profile=bench-server",
                    "--package=domain",
                ])
                .arg("--example=opinion_bench")
                .arg("--")
                .args(arguments.iter().skip(1)),
        );
    }
    packages::debian()?;
    assets::build(assets::Browser::Small)?;
    eprintln!("Building the server and the workshop optimised …");
    must(cargo().args([
        "build",
        "--quiet",
        "--profile=bench-server",
        "--package=server",
        "--package=workshop",
        "--bins",
    ]))?;
    let cluster = Cluster::start()?;
    must(
        program(target().join("bench-server/workshop"))
            .arg("bench")
            .arg("--postgres")
            .arg(cluster.url())
            .args(arguments),
    )
}

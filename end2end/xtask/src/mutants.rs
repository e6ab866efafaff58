//! `cargo xtask mutants`: mutation testing of the rules that protect somebody.
//!
//! What is changed, and what is left out with its reason, stands in `.cargo/mutants.toml`. It takes
//! about half an hour, so the tests do not run it. The sources are copied first: what is edited
//! meanwhile is neither seen nor harmed.

use std::process::Stdio;

use crate::Outcome;
use crate::shell::{cargo, must, target};

/// Runs it. Arguments are passed on, `--file` for instance.
///
/// # Errors
/// Where the tool is missing, or a change is noticed by no test.
pub fn run(arguments: &[String]) -> Outcome {
    let found = cargo()
        .args(["mutants", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !found.is_ok_and(|status| status.success()) {
        return Err(
            "cargo-mutants is missing: `cargo install cargo-mutants --locked` gets it.".to_owned(),
        );
    }
    must(
        cargo()
            .args(["mutants", "--package=domain", "--no-shuffle"])
            .arg("--output")
            .arg(target().join("mutants"))
            // It works on a copy of the sources, and builds in a place of its own.
            .env("CARGO_TARGET_DIR", target().join("mutants-build"))
            .args(arguments),
    )
}

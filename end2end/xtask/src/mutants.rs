//! `cargo xtask mutants`: mutation testing of the rules that protect somebody.
//!
//! What is changed, and what is left out with its reason, stands in `.cargo/mutants.toml`. It takes
//! about half an hour, so the tests do not run it.

use crate::Outcome;
use crate::shell::{cargo, has, must, target};

/// Runs it. Arguments are passed on, `--file` for instance.
///
/// # Errors
/// Where the tool is missing, or a change is noticed by no test.
pub fn run(arguments: &[String]) -> Outcome {
    if !has("cargo-mutants") {
        return Err(
            "cargo-mutants is missing: `cargo install cargo-mutants --locked` gets it.".to_owned(),
        );
    }
    must(
        cargo()
            .args(["mutants", "--package=domain", "--in-place", "--no-shuffle"])
            .arg("--output")
            .arg(target().join("mutants"))
            .args(arguments),
    )
}

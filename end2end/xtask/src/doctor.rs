//! `cargo xtask doctor`: what is here, what is missing, and how to get it.

use std::path::Path;

use crate::shell::{end2end, has, output, program};
use crate::{Outcome, browser_target, packages, postgres};

/// Prints it.
///
/// # Errors
/// Where something is missing that no command of ours brings.
pub fn run() -> Outcome {
    let line = |name: &str, found: bool, otherwise: &str| {
        println!("  {:<22} {}", name, if found { "here" } else { otherwise });
    };
    println!("To run:");
    println!(
        "  {:<22} {}",
        "Rust",
        output(program("rustc").arg("--version"))?
    );
    let node = packages::node();
    line(
        "Node.js",
        node.is_ok(),
        node.as_ref().err().map_or("", String::as_str),
    );
    let brings = "missing; `cargo xtask run` brings it";
    line(
        "front-end packages",
        end2end().join("node_modules/sass").exists(),
        brings,
    );
    line("browser target", browser_target::is_there(), brings);
    println!("To test:");
    let brings = "missing; `cargo xtask test` installs it where it may";
    line("PostgreSQL", postgres::programs().is_some(), brings);
    line("Chromium", Path::new("/usr/bin/chromium").exists(), brings);
    line(
        "cargo-nextest",
        has("cargo-nextest"),
        "missing; `cargo test` is used instead",
    );
    node
}

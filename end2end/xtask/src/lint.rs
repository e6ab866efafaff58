//! `cargo xtask lint`: clippy and rustdoc over the whole workspace, every warning denied.
//!
//! Deliberately not here: the layout of the code, which `cargo xtask test` looks at first.

use crate::Outcome;
use crate::shell::{Steps, cargo, must};

/// Lints everything.
///
/// # Errors
/// Where either has anything to say.
pub fn run() -> Outcome {
    let mut steps = Steps::new(2);
    steps.step("Clippy, every warning denied", || {
        must(cargo().args([
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "--deny=warnings",
        ]))
    })?;
    steps.step("Documentation, every warning denied", || {
        // With private items: whoever reads this is at work inside.
        must(cargo().env("RUSTDOCFLAGS", "--deny=warnings").args([
            "doc",
            "--quiet",
            "--workspace",
            "--no-deps",
            "--document-private-items",
        ]))
    })?;
    steps.print();
    Ok(())
}

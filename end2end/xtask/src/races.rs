//! `cargo xtask races`: every use case beside every other, on both databases.
//!
//! The harness is one of the server's tests and takes its use cases from the list of them; the tests
//! run a sample of its pairs, this command runs all. It prints the table.

use crate::postgres::Cluster;
use crate::shell::{Steps, cargo, has, must};
use crate::{Outcome, assets, packages};

/// Runs every pair. Further words choose among the harness's tests.
///
/// # Errors
/// Where a pair ends otherwise than in one of its two orders or in a refusal.
pub fn run(arguments: &[String]) -> Outcome {
    let mut steps = Steps::new(3);
    steps.step("Packages and assets", || {
        packages::debian()?;
        assets::build(assets::Browser::Soon).map(drop)
    })?;
    let cluster = steps.step("A throw-away PostgreSQL", Cluster::start_in_memory)?;
    let outcome = steps.step("Every use case beside every other", || {
        let mut command = cargo();
        // With the whole workspace, so that what the tests have built is used.
        if has("cargo-nextest") {
            command.args(["nextest", "run", "--workspace", "--test=it"]);
            command.args(["--no-capture", "--no-fail-fast", "races::"]);
            command.args(arguments);
        } else {
            command.args(["test", "--workspace", "--test=it", "--", "--nocapture"]);
            command.arg("races::").args(arguments);
        }
        must(
            command
                .env("SOUNDINGS_RACES", "all")
                .env("SOUNDINGS_TEST_POSTGRES", cluster.url())
                .env("SOUNDINGS_REQUIRE_POSTGRES", "1"),
        )
    });
    steps.print();
    outcome
}

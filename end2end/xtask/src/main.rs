//! `cargo xtask`: everything that is done with this repository, as commands of one word.
//!
//! Invariant: each command does every set-up step that it needs, says what it does, and fails
//! with one sentence that says how to fix it. Deliberately not here: anything of the product.

mod assets;
mod bench;
mod browser_target;
mod count;
mod dist;
mod doctor;
mod journeys;
mod lighthouse;
mod lint;
mod mutants;
mod notices;
mod packages;
mod postgres;
mod races;
mod run;
mod shell;
mod site;
mod stamp;
mod test;
mod visited;

use std::process::ExitCode;

/// The commands with what they do.
const COMMANDS: [(&str, &str); 11] = [
    (
        "run",
        "set everything up and serve the demonstration on http://127.0.0.1:3000",
    ),
    (
        "test",
        "set everything up and run every test; closes with N passed, N failed, N skipped",
    ),
    (
        "lint",
        "clippy and rustdoc over the whole workspace, every warning denied",
    ),
    (
        "races",
        "every use case beside every other on both databases; prints the table",
    ),
    (
        "mutants",
        "change the rules that protect somebody one by one; a test must notice each",
    ),
    ("e2e", "run the journeys in a browser only"),
    ("assets", "build styles, fonts and the browser part"),
    (
        "bench",
        "measure, and print the figures (--json; `bench opinion` for opinion groups)",
    ),
    (
        "lighthouse",
        "measure every kind of page as a phone on a slow network gets it (--json)",
    ),
    ("dist", "build the one binary for production into dist/"),
    ("doctor", "say what this machine has and what is missing"),
];

/// What a command ends with: nothing, or the sentence to print.
pub type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    let outcome = match command.as_deref() {
        None | Some("help" | "--help" | "-h") => {
            println!("cargo xtask COMMAND\n");
            for (name, what) in COMMANDS {
                println!("  {name:<8} {what}");
            }
            Ok(())
        }
        Some("run") => run::run(),
        Some("test") => test::run(),
        Some("lint") => lint::run(),
        Some("races") => races::run(&rest),
        Some("mutants") => mutants::run(&rest),
        Some("e2e") => journeys::only(&rest),
        Some("assets") => assets::build(assets::Browser::Small).map(drop),
        Some("bench") => bench::run(&rest),
        Some("lighthouse") => lighthouse::run(&rest),
        Some("dist") => dist::run(),
        Some("doctor") => doctor::run(),
        Some(other) => Err(format!(
            "There is no command “{other}”. `cargo xtask` lists them."
        )),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

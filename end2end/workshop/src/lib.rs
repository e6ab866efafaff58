//! The workshop: the demonstration borough, invented responses and ballots in great number, and
//! the measurements. Everything that is needed to show and to measure Soundings, and that the
//! binary a council runs must not hold.
//!
//! It uses the server as a library. Invariant: it writes only into a database that is empty or
//! marked as a demonstration ([`marked`]); any other is refused before anything in it is touched.

pub mod ballots;
pub mod bench;
pub mod draft;
pub mod load;
pub mod marked;
pub mod seed;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::cli::CliError;
use server::config::{Config, Options};

/// The workshop of Soundings: a demonstration to look at, and measurements
#[derive(Parser, Debug)]
#[command(name = "workshop", version)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Fill an empty database, or one that is marked as a demonstration
    #[command(subcommand)]
    Seed(seed::Seed),
    /// Measure this build on this machine
    Bench(bench::Bench),
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let Cli { options, command } = Cli::parse();
    server::cli::start(options.check(), |config| run(command, config))
}

async fn run(command: Command, config: Config) -> Result<(), CliError> {
    match command {
        Command::Seed(seed) => seed.run(config).await,
        Command::Bench(bench) => bench.run(config).await,
    }
}

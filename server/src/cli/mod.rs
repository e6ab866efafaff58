//! The command line. One subcommand, one file. A wrong value is one sentence and exit code 2.

mod backup;
mod check;
mod count;
mod create_admin;
mod error;
mod export;
mod file;
mod import;
mod open;
mod opinion;
mod serve;

pub use error::CliError;
pub use open::{application, open, open_existing};

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, ConfigRefused, Options};

/// Soundings: consultations that people can trust, in one binary
#[derive(Parser, Debug)]
#[command(name = "soundings", version)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serve the site
    Serve(serve::Serve),
    /// Bring the database to the newest schema
    Migrate,
    /// Add an administrator
    CreateAdmin(create_admin::CreateAdmin),
    /// Bring in real data
    #[command(subcommand)]
    Import(import::Import),
    /// Write the responses to a consultation to standard output
    #[command(subcommand)]
    Export(export::Export),
    /// Count again and compare
    #[command(subcommand)]
    Check(check::Check),
    /// Write everything to one file
    Backup(backup::Backup),
    /// Bring a backup back into an empty database
    Restore(backup::Restore),
    /// Count a file of ballots by a rule; needs no server and no database
    Count(count::Count),
    /// Find the opinion groups of a conversation; needs no server and no database
    Opinion(opinion::Opinion),
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // What works on files alone needs neither configuration nor runtime.
    if let Command::Count(count) = &cli.command {
        return finish(count.run());
    }
    if let Command::Opinion(opinion) = &cli.command {
        return finish(opinion.run());
    }
    let config = if cli.command.signs() {
        cli.options.check()
    } else {
        cli.options.check_unsigned()
    };
    start(config, |config| run(cli.command, config))
}

impl Command {
    /// Whether it makes or reads what is signed with the secret, or serves it.
    fn signs(&self) -> bool {
        match self {
            Self::Serve(_) | Self::CreateAdmin(_) | Self::Import(_) => true,
            Self::Migrate
            | Self::Export(_)
            | Self::Check(_)
            | Self::Backup(_)
            | Self::Restore(_)
            | Self::Count(_)
            | Self::Opinion(_) => false,
        }
    }
}

/// Starts the log and the runtime, and does the work, where the options were found right. For every
/// program that is made of this crate.
pub fn start<Work>(
    checked: Result<Config, ConfigRefused>,
    work: impl FnOnce(Config) -> Work,
) -> ExitCode
where
    Work: Future<Output = Result<(), CliError>>,
{
    let config = match checked {
        Ok(config) => config,
        Err(refused) => {
            eprintln!("{refused}");
            return ExitCode::from(2);
        }
    };
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("SOUNDINGS_LOG")
                .unwrap_or_else(|_| "warn,server=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The runtime can't start: {error}.");
            return ExitCode::FAILURE;
        }
    };
    finish(runtime.block_on(work(config)))
}

fn finish(result: Result<(), CliError>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(CliError::Usage(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
        Err(CliError::Failed(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, config: Config) -> Result<(), CliError> {
    match command {
        Command::Serve(serve) => serve.run(config).await,
        Command::CreateAdmin(create) => create.run(config).await,
        Command::Import(import) => import.run(config).await,
        Command::Export(export) => export.run(config).await,
        Command::Check(check) => check.run(config).await,
        Command::Backup(backup) => backup.run(config).await,
        Command::Restore(restore) => restore.run(config).await,
        Command::Count(count) => count.run(),
        Command::Opinion(opinion) => opinion.run(),
        Command::Migrate => {
            let db = open(&config).await?;
            crate::db::migrate(&db).await?;
            println!("The schema is up to date.");
            db.close().await;
            Ok(())
        }
    }
}

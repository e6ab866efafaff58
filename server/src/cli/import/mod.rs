//! `soundings import`: real data in.

mod polis;

use clap::Subcommand;

use super::CliError;
use crate::config::Config;

/// What to import.
#[derive(Subcommand, Debug)]
pub enum Import {
    /// An open-data conversation of Polis, as a consultation with its statements and votes
    Polis(polis::Polis),
}

impl Import {
    /// Does it.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        match self {
            Self::Polis(polis) => polis.run(config).await,
        }
    }
}

//! `soundings import`: real data in.

mod areas;
mod polis;

use clap::Subcommand;

use crate::cli::CliError;
use crate::config::Config;

/// What to import.
#[derive(Subcommand, Debug)]
pub enum Import {
    /// Wards or other areas from a GeoJSON file
    Areas(areas::Areas),
    /// An open-data conversation of Polis, as a consultation with its statements and votes
    Polis(polis::Polis),
}

impl Import {
    /// Does it.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        match self {
            Self::Areas(areas) => areas.run(config).await,
            Self::Polis(polis) => polis.run(config).await,
        }
    }
}

//! What `soundings count` is asked, and the file that it reads.

use std::path::PathBuf;

use app::messages::count as words;
use clap::Args;

use crate::cli::file;

/// Count a file of ballots: .pb (Pabulib), .blt, .csv (Scottish elections), or the .json of a poll
#[derive(Args, Debug)]
pub struct Count {
    /// Budgets: greedy, mes, mes-greedy, mes-add1, mes-add1-greedy, each also with :cost,
    /// :cardinality, :score or :cost-score. Ranked: stv-scotland, meek, irv, schulze,
    /// ranked-pairs, borda, approval. The .json of a poll names its own
    #[arg(long)]
    pub(super) rule: Option<String>,
    /// The file with the ballots
    pub(super) file: PathBuf,
    /// Print JSON instead of text
    #[arg(long)]
    pub(super) json: bool,
    /// The published seed for draws by lot between ranked candidates
    #[arg(long, default_value = "")]
    pub(super) seed: String,
    /// Of a poll: count the ballots that were set aside too
    #[arg(long)]
    pub(super) all: bool,
    /// Of a poll: find the ballot of this voting code
    #[arg(long, value_name = "CODE")]
    pub(super) find: Option<String>,
}

impl Count {
    pub(super) fn ending(&self) -> Option<String> {
        Some(self.file.extension()?.to_str()?.to_ascii_lowercase())
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>, String> {
        file::bytes(&self.file)
            .map_err(|error| words::unreadable(&self.shown(), &error))?
            .ok_or_else(|| words::too_large(&self.shown(), file::MOST_MEBIBYTES))
    }

    pub(super) fn shown(&self) -> String {
        self.file.display().to_string()
    }
}

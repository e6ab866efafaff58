//! What `soundings count` is asked, and the file that it reads.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use app::messages::count as words;
use clap::Args;

/// Files larger than this are refused, so that a wrong path can't fill the memory.
const MOST_MEBIBYTES: u64 = 512;

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
        let most = MOST_MEBIBYTES * 1024 * 1024;
        let bytes =
            read(&self.file, most + 1).map_err(|error| words::unreadable(&self.shown(), &error))?;
        if bytes.len() as u64 > most {
            return Err(words::too_large(&self.shown(), MOST_MEBIBYTES));
        }
        Ok(bytes)
    }

    pub(super) fn shown(&self) -> String {
        self.file.display().to_string()
    }
}

fn read(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = usize::try_from(file.metadata()?.len().min(most)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(size);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

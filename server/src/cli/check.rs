//! `soundings check`: counts everything again and compares.

use clap::Subcommand;

use super::{CliError, open};
use crate::config::Config;
use crate::response::recount;

/// What to check.
#[derive(Subcommand, Debug)]
pub enum Check {
    /// The kept counts against the stored responses
    Tallies {
        /// Write the counts anew from the responses
        #[arg(long)]
        rebuild: bool,
    },
}

impl Check {
    /// Checks; every difference is printed, and the exit code is 1 if there is one.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let Self::Tallies { rebuild } = self;
        let db = open(&config).await?;
        if rebuild {
            let number = recount::rebuild(&db).await?;
            println!("{number} counts written anew.");
        }
        let (compared, differences) = recount::compare(&db).await?;
        db.close().await;
        for d in &differences {
            println!(
                "consultation {} question {} {} {}: kept {}, counted {}",
                d.consultation, d.question, d.dimension, d.key, d.kept, d.counted
            );
        }
        if differences.is_empty() {
            println!("{compared} counts agree with the responses.");
            Ok(())
        } else {
            Err(CliError::Failed(format!(
                "{} of {compared} counts differ. Run again with --rebuild to write them anew.",
                differences.len()
            )))
        }
    }
}

//! `soundings check`: counts everything again and compares; verifies the record of what staff did.

use clap::Subcommand;

use crate::App;
use crate::cli::{CliError, open_existing};
use crate::clock::Clock;
use crate::config::Config;
use crate::granted::Caller;
use crate::record::audit::{self, Chain};
use crate::response::commands::{RecountTallies, recount_tallies};
use crate::response::queries::compare_tallies;

/// What to check.
#[derive(Subcommand, Debug)]
pub enum Check {
    /// The kept counts against the stored responses
    Tallies {
        /// Count the responses again and write what comes out
        #[arg(long)]
        rebuild: bool,
    },
    /// The record of what staff did: every entry holds the hash of the one before it
    Record,
}

impl Check {
    /// Checks; every difference is printed, and the exit code is 1 if there is one.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let db = open_existing(&config).await?;
        let Self::Tallies { rebuild } = self else {
            let verified = audit::verify(db.read()).await?;
            db.close().await;
            return match verified {
                Chain::Whole(entries) => {
                    println!("{entries} entries of the record follow one from the other.");
                    Ok(())
                }
                Chain::BrokenAt(entry) => Err(CliError::Failed(format!(
                    "The record was changed: entry {entry} does not follow from the one before it."
                ))),
            };
        };
        if rebuild {
            let app = App::new(config, db.clone(), Clock::default())
                .map_err(|refused| CliError::Usage(refused.to_string()))?;
            let caller = Caller::anyone(app.clock.now());
            let number = recount_tallies(&app, &caller, RecountTallies).await?;
            println!("{number} counts written again from the start.");
        }
        let (compared, differences) = compare_tallies::compare(&db).await?;
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
                "{} of {compared} counts differ. Run again with --rebuild to write them again.",
                differences.len()
            )))
        }
    }
}

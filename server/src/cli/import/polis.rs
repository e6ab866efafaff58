//! `soundings import polis DIR`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::{CliError, application};
use crate::config::Config;
use crate::error::Refused;
use crate::granted::Caller;
use crate::vote::commands::import_polis::{Files, ImportPolis, import_polis};

/// An open-data conversation of Polis
#[derive(Args, Debug)]
pub struct Polis {
    /// The folder with comments.csv and participants-votes.csv
    dir: PathBuf,
    /// The slug of the team that is to own it; the first team otherwise
    #[arg(long)]
    team: Option<String>,
}

impl Polis {
    /// Imports and prints what came in.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let files = Files::of(&self.dir).map_err(|refused| CliError::Usage(refused.to_string()))?;
        let app = application(config).await?;
        let began = std::time::Instant::now();
        let command = ImportPolis {
            files,
            owner: self.team,
        };
        let done = import_polis(&app, &Caller::anyone(app.clock.now()), command)
            .await
            .map_err(|refused| match refused {
                Refused::Because(why) => CliError::Usage(why.to_string()),
                Refused::Denied(denied) => CliError::Failed(denied.to_string()),
            })?;
        let [participants, statements, agrees, disagrees, passes] = done.counts;
        let word = if done.already {
            "Already here"
        } else {
            "Imported"
        };
        println!(
            "{word}: /consultations/{} with {participants} participants, {statements} statements, \
             {agrees} agree, {disagrees} disagree, {passes} pass, in {:.1} s.",
            done.slug,
            began.elapsed().as_secs_f64()
        );
        app.db.close().await;
        Ok(())
    }
}

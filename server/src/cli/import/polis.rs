//! `soundings import polis DIR`.

use std::path::{Path, PathBuf};

use app::messages::file as words;
use clap::Args;

use crate::cli::{CliError, application, file};
use crate::config::Config;
use crate::error::Refused;
use crate::granted::Caller;
use crate::vote::commands::import_polis::{Files, ImportPolis, PolisRefused, import_polis};

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
        let files = files(&self.dir)?;
        let app = application(config).await?;
        let began = std::time::Instant::now();
        let command = ImportPolis {
            files,
            owner: self.team,
        };
        let done = import_polis(&app, &Caller::anyone(app.clock.now()), command)
            .await
            .map_err(|refused| match refused {
                Refused::Because(PolisRefused::Line(wrong)) => {
                    CliError::Usage(format!("{}.", words::conversation(&wrong, false)))
                }
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
        if done.waiting > 0 {
            println!(
                "Of the statements {} were moderated by nobody: they wait in the queue of a moderator.",
                done.waiting
            );
        }
        app.db.close().await;
        Ok(())
    }
}

/// The files of a folder.
fn files(folder: &Path) -> Result<Files, CliError> {
    let name = folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_path_buf());
    let name = name.file_name().map(|n| n.to_string_lossy().into_owned());
    let summary = folder.join("summary.csv");
    Ok(Files {
        name: name.unwrap_or_default(),
        summary: match summary.exists() {
            true => file::text(&summary)?,
            false => String::new(),
        },
        comments: file::text(&folder.join("comments.csv"))?,
        votes: file::text(&folder.join("participants-votes.csv"))?,
    })
}

//! `soundings opinion`: finds the opinion groups of a conversation, without server or database.
//!
//! Deliberately not here: the method (`domain::vote::opinion`). Invariant: the same folder gives
//! the same answer, but for the time it took. What is printed names participants by their number
//! in the file, so it is for the file's owner and never for a page.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use app::messages::file as words;
use clap::Args;
use domain::vote::opinion::read::{self, Conversation, ReadError};
use domain::vote::opinion::{OpinionReport, Settings, analyse};

use crate::cli::CliError;
use crate::cli::file::text;

/// Find the opinion groups of a conversation
#[derive(Args, Debug)]
pub struct Opinion {
    /// The folder: participants-votes.csv (and comments.csv), or votes.json and comments.json
    dir: PathBuf,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
    /// Show no group of fewer people; else what summary.csv says, else 1
    #[arg(long, value_name = "N")]
    smallest_group: Option<usize>,
}

impl Opinion {
    /// Reads, analyses, prints.
    ///
    /// # Errors
    /// [`CliError::Usage`] where a file is missing or wrong, in one sentence, with the line.
    pub fn run(&self) -> Result<(), CliError> {
        let conversation = self.read()?;
        let smallest_group = self.smallest_group()?;
        let began = Instant::now();
        let settings = Settings {
            smallest_group,
            ..Settings::open_data()
        };
        let analysis = analyse(&conversation.matrix, &settings, None);
        let report = OpinionReport::new(&conversation.matrix, &analysis);
        let millis = began.elapsed().as_secs_f64() * 1_000.0;
        let text = if self.json {
            let mut value = serde_json::to_value(&report)?;
            if let Some(object) = value.as_object_mut() {
                object.insert("millis".to_owned(), serde_json::json!(millis));
            }
            format!("{value}\n")
        } else {
            in_words(&report, &conversation, millis)
        };
        match std::io::stdout().lock().write_all(text.as_bytes()) {
            // Whoever reads may stop early, as `head` does.
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// What is asked for, else what the conversation was shown with.
    fn smallest_group(&self) -> Result<usize, CliError> {
        let file = self.dir.join("summary.csv");
        let said = match self.smallest_group {
            None if file.exists() => {
                read::summary(&text(&file)?)
                    .map_err(|error| wrong(&error, false))?
                    .smallest_group
            }
            given => given,
        };
        Ok(said.unwrap_or(1).max(1))
    }

    fn read(&self) -> Result<Conversation, CliError> {
        let at = |name: &str| self.dir.join(name);
        if at("participants-votes.csv").exists() {
            let votes = text(&at("participants-votes.csv"))?;
            let comments = at("comments.csv")
                .exists()
                .then(|| text(&at("comments.csv")))
                .transpose()?;
            return read::open_data(&votes, comments.as_deref())
                .map_err(|error| wrong(&error, false));
        }
        if at("votes.json").exists() {
            let (votes, comments) = (text(&at("votes.json"))?, text(&at("comments.json"))?);
            return read::server_json(&votes, &comments).map_err(|error| wrong(&error, true));
        }
        Err(CliError::Usage(format!(
            "{} has neither participants-votes.csv nor votes.json.",
            self.dir.display()
        )))
    }
}

fn wrong(error: &ReadError, json: bool) -> CliError {
    CliError::Usage(format!("{}.", words::conversation(error, json)))
}

/// The report as people read it.
fn in_words(report: &OpinionReport, conversation: &Conversation, millis: f64) -> String {
    let words = |id: &domain::vote::opinion::Statement| {
        let text = conversation
            .texts
            .get(id)
            .map(String::as_str)
            .unwrap_or_default();
        format!("{id}: {text}")
    };
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} participants, {} statements, {} votes; {:.0} ms",
        report.participants, report.statements, report.votes, millis
    );
    if let Some(too_few) = &report.too_few {
        let _ = writeln!(out, "Too few to say: {too_few:?}");
    }
    if !report.common_ground.is_empty() {
        let _ = writeln!(out, "\nCommon ground");
        for id in &report.common_ground {
            let _ = writeln!(out, "  {}", words(id));
        }
    }
    for group in &report.groups {
        let _ = writeln!(out, "\nGroup {} ({} people)", group.letter, group.size);
        for one in &group.representative {
            let _ = writeln!(out, "  {}", words(&one.statement));
        }
    }
    out
}

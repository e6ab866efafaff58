//! `soundings check`: counts everything again and compares; verifies the record of what staff did, by
//! itself and against signed heads that somebody kept.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::App;
use crate::cli::{CliError, open_existing};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::granted::Caller;
use crate::record::heads::{self, Held};
use crate::record::signing::{self, Head};
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
    Record {
        /// Signed heads that were kept elsewhere: what /record/heads showed, or the letters to the
        /// auditors. A record that was cut, emptied or rebuilt differs from them
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
        /// The public key that must have signed them; take it from elsewhere than this server
        #[arg(long, value_name = "HEX", requires = "heads")]
        key: Option<String>,
    },
}

impl Check {
    /// Checks; every difference is printed, and the exit code is 1 if there is one.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let rebuild = match self {
            Self::Tallies { rebuild } => rebuild,
            Self::Record { heads, key } => return record(config, heads, key).await,
        };
        let db = open_existing(&config).await?;
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

/// The record against the heads of a file; against those in the database where there is none.
async fn record(
    config: Config,
    file: Option<PathBuf>,
    key: Option<String>,
) -> Result<(), CliError> {
    let kept = file.as_deref().map(|file| read(file, key)).transpose()?;
    let db = open_existing(&config).await?;
    let checked = hold(&db, kept).await;
    db.close().await;
    println!("{}", checked?);
    Ok(())
}

/// The heads of a file, each signed, by this key where one is named.
fn read(file: &Path, key: Option<String>) -> Result<Vec<Head>, CliError> {
    let shown = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| CliError::Usage(format!("{shown} can't be read: {error}.")))?;
    let heads = signing::heads(&text)
        .map_err(|error| CliError::Usage(format!("{shown} can't be read: {error}.")))?;
    if heads.is_empty() {
        return Err(CliError::Usage(format!("{shown} holds no signed head.")));
    }
    let key = key.map(|key| key.trim().to_ascii_lowercase());
    for head in &heads {
        signed(head)?;
        if key.as_ref().is_some_and(|key| *key != head.key) {
            return Err(CliError::Failed(format!(
                "The head of {} entries is signed by another key, {}.",
                head.entries, head.key
            )));
        }
    }
    Ok(heads)
}

fn signed(head: &Head) -> Result<(), CliError> {
    if head.is_signed() {
        return Ok(());
    }
    Err(CliError::Failed(format!(
        "The head of {} entries at {} is not signed by the key that it names: it was changed.",
        head.entries, head.at
    )))
}

async fn hold(db: &Db, kept: Option<Vec<Head>>) -> Result<String, CliError> {
    let from_file = kept.is_some();
    let heads = match kept {
        Some(heads) => heads,
        None => heads::newest(db.read(), u64::MAX >> 1).await?,
    };
    heads.iter().try_for_each(signed)?;
    let changed = |what: String| Err(CliError::Failed(format!("The record was changed: {what}.")));
    match heads::hold(db.read(), &heads).await? {
        Held::BrokenAt(entry) => changed(format!(
            "entry {entry} does not follow from the one before it"
        )),
        Held::Cut(entries, head) => changed(format!(
            "it has {entries} entries, and had {} when its head was signed at {}",
            head.entries, head.at
        )),
        Held::Another(head) => changed(format!(
            "its first {} entries are not those whose head was signed at {}",
            head.entries, head.at
        )),
        Held::Whole { entries, covered } => Ok(found(entries, covered, &heads, from_file)),
    }
}

/// What was found, what it covers, and what it does not.
fn found(entries: u64, covered: u64, heads: &[Head], from_file: bool) -> String {
    let mut said = format!("{entries} entries of the record follow one from the other.");
    let mut keys: Vec<&str> = heads.iter().map(|head| head.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    if !heads.is_empty() {
        said.push_str(&format!(
            "\nThe first {covered} are those of {}, by the key {}. No head covers the {} after them \
             yet.",
            match heads.len() {
                1 => "one signed head".to_owned(),
                many => format!("{many} signed heads"),
            },
            keys.join(" and "),
            entries - covered
        ));
    }
    if !from_file {
        said.push_str(
            "\nWhoever can write to the database could have rebuilt all of it: give --heads with heads \
             that were kept elsewhere.",
        );
    }
    said
}

//! `soundings count`: counts a file of ballots by a rule, without a server or a database.
//!
//! Here: which reader and rule go with which file, and the form of the answer. Deliberately not
//! here: reading formats and counting (`domain::vote`), words of refusals (`app::messages::count`).
//! Invariant: the same file, rule and seed give the same answer to the byte.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use app::messages::count as words;
use clap::Args;
use domain::vote::{budget, ranked};

use crate::cli::CliError;

mod poll;

/// Files larger than this are refused, so that a wrong path can't fill the memory.
const MOST_MEBIBYTES: u64 = 512;

/// Count a file of ballots: .pb (Pabulib), .blt, .csv (Scottish elections), or the .json of a poll
#[derive(Args, Debug)]
pub struct Count {
    /// Budgets: greedy, mes, mes-greedy, mes-add1, mes-add1-greedy, each also with :cost,
    /// :cardinality, :score or :cost-score. Ranked: stv-scotland, meek, irv, schulze,
    /// ranked-pairs, borda, approval. The .json of a poll names its own
    #[arg(long)]
    rule: Option<String>,
    /// The file with the ballots
    file: PathBuf,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
    /// The published seed for draws by lot between ranked candidates
    #[arg(long, default_value = "")]
    seed: String,
    /// Of a poll: count the ballots that were set aside too
    #[arg(long)]
    all: bool,
    /// Of a poll: find the ballot of this voting code
    #[arg(long, value_name = "CODE")]
    find: Option<String>,
}

#[derive(Clone, Copy)]
enum Kind {
    Budget,
    Ranked,
}

enum Rule {
    Budget(budget::Rule),
    Ranked(ranked::Rule),
}

impl Count {
    /// Reads, counts, prints.
    ///
    /// # Errors
    /// [`CliError::Usage`] when rule or file is wrong, in one sentence, with the line.
    pub fn run(&self) -> Result<(), CliError> {
        let text = self.answer().map_err(CliError::Usage)?;
        match std::io::stdout().lock().write_all(text.as_bytes()) {
            // Whoever reads may stop early, as `head` does.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn answer(&self) -> Result<String, String> {
        if self.ending().as_deref() == Some("json") {
            return poll::answer(self);
        }
        if self.all || self.find.is_some() {
            return Err(words::ONLY_FOR_POLLS.to_owned());
        }
        let given = self.rule.as_deref().ok_or(words::NO_RULE)?;
        match (self.kind()?, rule(given)?) {
            (Kind::Budget, Rule::Budget(rule)) => self.budget(rule),
            (Kind::Ranked, Rule::Ranked(rule)) => self.ranked(rule),
            (Kind::Budget, Rule::Ranked(_)) => {
                Err(words::rule_is_for_ranked(given, &budget_rules()))
            }
            (Kind::Ranked, Rule::Budget(_)) => {
                Err(words::rule_is_for_budgets(given, &ranked_rules()))
            }
        }
    }

    fn kind(&self) -> Result<Kind, String> {
        match self.ending().as_deref() {
            Some("pb") => Ok(Kind::Budget),
            Some("blt" | "csv") => Ok(Kind::Ranked),
            _ => Err(words::unknown_ending(&self.shown())),
        }
    }

    fn ending(&self) -> Option<String> {
        Some(self.file.extension()?.to_str()?.to_ascii_lowercase())
    }

    fn budget(&self, rule: budget::Rule) -> Result<String, String> {
        let file = budget::pabulib::read_bytes(&self.bytes()?)
            .map_err(|refusal| words::budget_file(&refusal))?;
        for note in &file.notes {
            eprintln!("{}", words::budget_note(note));
        }
        let count = budget::count(&file.election, rule);
        if self.json {
            json(&count)
        } else {
            Ok(count.text())
        }
    }

    fn ranked(&self, rule: ranked::Rule) -> Result<String, String> {
        let election = ranked::read::by_name(&self.shown(), &self.bytes()?)
            .map_err(|refusal| words::ranked_file(&refusal))?;
        let tie = ranked::TieBreak::seeded(&self.seed);
        let count = ranked::count(rule, &election, &tie).map_err(words::ranked)?;
        if self.json {
            json(&count)
        } else {
            Ok(ranked::print::text(&count))
        }
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        let most = MOST_MEBIBYTES * 1024 * 1024;
        let bytes =
            read(&self.file, most + 1).map_err(|error| words::unreadable(&self.shown(), &error))?;
        if bytes.len() as u64 > most {
            return Err(words::too_large(&self.shown(), MOST_MEBIBYTES));
        }
        Ok(bytes)
    }

    fn shown(&self) -> String {
        self.file.display().to_string()
    }
}

fn rule(given: &str) -> Result<Rule, String> {
    if let Ok(rule) = given.parse() {
        return Ok(Rule::Budget(rule));
    }
    if let Ok(rule) = given.parse() {
        return Ok(Rule::Ranked(rule));
    }
    Err(words::no_such_rule(given, &budget_rules(), &ranked_rules()))
}

fn read(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = usize::try_from(file.metadata()?.len().min(most)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(size);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn json(count: &impl serde::Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(count)
        .map(|text| text + "\n")
        .map_err(|error| format!("The count can't be written as JSON: {error}."))
}

fn budget_rules() -> Vec<String> {
    budget::Method::ALL
        .into_iter()
        .map(|method| method.name().to_owned())
        .collect()
}

fn ranked_rules() -> Vec<&'static str> {
    ranked::Rule::ALL.into_iter().map(|r| r.as_str()).collect()
}

//! `soundings count`: counts a file of ballots by a rule, without a server or a database.
//!
//! Here: which reader and rule go with which file, and the form of the answer. Deliberately not
//! here: reading formats and counting (`domain::vote`), words of refusals (`app::messages::count`).
//! Invariant: the same file, rule and seed give the same answer to the byte.

use std::io::{ErrorKind, Write};

use app::messages::count as words;
use domain::vote::{budget, ranked};

use crate::cli::CliError;

mod options;
mod poll;
mod rules;

pub use options::Count;

use rules::{Rule, budget_rules, json, ranked_rules, rule};

#[derive(Clone, Copy)]
enum Kind {
    Budget,
    Ranked,
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
}

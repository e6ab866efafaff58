//! Rules side by side: what each would have funded, and how many voters get something of it.
//!
//! Not here: the counts themselves (`count`). Invariant: a voter gets something when at least one
//! project that they gave a positive score is funded; abstentions are counted among the voters.

use std::collections::HashSet;

use serde::Serialize;

use super::ballot::Ballot;
use super::count::count;
use super::election::Election;
use super::money::Pennies;
use super::rule::Rule;

/// What several rules would have funded, side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    pub budget: Pennies,
    pub ballots: usize,
    pub rules: Vec<Outcome>,
}

/// A rule in a [`Comparison`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    pub rule: Rule,
    pub cost: Pennies,
    pub funded: Vec<String>,
    /// Ballots that support at least one funded project.
    pub ballots_with_something: usize,
    /// The same as a share of all ballots, 0 to 1; 0 without ballots.
    pub share_with_something: f64,
    /// Mean number of funded projects that a ballot supports.
    pub mean_funded: f64,
    /// Cost of what is funded per ballot, in units of currency.
    pub cost_per_ballot: f64,
}

/// Counts by each rule and compares.
pub fn compare(election: &Election, rules: &[Rule]) -> Comparison {
    let ballots = election.ballots();
    let per_ballot = |sum: f64| {
        if ballots.is_empty() {
            0.0
        } else {
            sum / ballots.len() as f64
        }
    };
    let outcome = |rule: &Rule| {
        let count = count(election, *rule);
        let funded: HashSet<u32> = count.places.iter().copied().collect();
        let got = |ballot: &Ballot| {
            ballot
                .choices()
                .iter()
                .filter(|c| c.points > 0 && funded.contains(&c.project))
                .count()
        };
        let something = ballots.iter().filter(|b| got(b) > 0).count();
        let all: usize = ballots.iter().map(got).sum();
        Outcome {
            rule: *rule,
            cost: count.cost,
            funded: count.funded,
            ballots_with_something: something,
            share_with_something: per_ballot(something as f64),
            mean_funded: per_ballot(all as f64),
            cost_per_ballot: per_ballot(count.cost.minor() as f64 / 100.0),
        }
    };
    Comparison {
        budget: election.budget().total(),
        ballots: ballots.len(),
        rules: rules.iter().map(outcome).collect(),
    }
}

impl Comparison {
    /// A table: one rule a line.
    pub fn text(&self) -> String {
        let mut lines = vec![
            format!("budget   {}", self.budget),
            format!("ballots  {}", self.ballots),
            "rule                 cost funded gets any mean funded cost/ballot  projects"
                .to_owned(),
        ];
        lines.extend(self.rules.iter().map(|rule| {
            format!(
                "{:<16} {:>8} {:>6} {:>6.1} % {:>11.2} {:>11.2}  {}",
                rule.rule.to_string(),
                rule.cost.to_string(),
                rule.funded.len(),
                rule.share_with_something * 100.0,
                rule.mean_funded,
                rule.cost_per_ballot,
                rule.funded.join(", ")
            )
        }));
        lines.push(String::new());
        lines.join("\n")
    }
}

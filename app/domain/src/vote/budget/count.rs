//! A count: the rule, the winners, and the working that leads to them, round by round.
//!
//! Not here: which rule is right. Invariant: the cost of what is funded is never over the budget;
//! the order of the ballots changes nothing.

use serde::Serialize;

use super::election::Election;
use super::greedy::greedy;
use super::money::Pennies;
use super::rule::{Completion, Method, Rule};
use super::shares::equal_shares;
use super::working::Round;

/// The result of a rule on an election.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    pub rule: Rule,
    /// See [`super::Utility`].
    pub utility: &'static str,
    /// In units of the currency, as `cost`.
    pub budget: Pennies,
    pub cost: Pennies,
    pub ballots: usize,
    /// Project ids, in the order funded.
    pub funded: Vec<String>,
    /// Units of currency added to every share by add-one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<u64>,
    pub rounds: Vec<Round>,
    #[serde(skip)]
    pub(super) places: Vec<u32>,
}

/// Counts an election by a rule.
pub fn count(election: &Election, rule: Rule) -> Count {
    let (places, rounds, added) = match rule.method {
        Method::Greedy => {
            let (places, rounds) = greedy(election, rule.utility, &[]);
            (places, rounds, None)
        }
        Method::EqualShares(completion) => {
            let add_one = matches!(
                completion,
                Completion::AddOne | Completion::AddOneThenGreedy
            );
            let mut shares = equal_shares(election, rule.utility, add_one);
            if matches!(
                completion,
                Completion::Greedy | Completion::AddOneThenGreedy
            ) {
                let (more, rounds) = greedy(election, rule.utility, &shares.funded);
                shares.funded.extend(more);
                shares.rounds.extend(rounds);
            }
            (
                shares.funded,
                shares.rounds,
                add_one.then_some(shares.added),
            )
        }
    };
    let budget = election.budget();
    let funded: Vec<_> = places.iter().filter_map(|p| budget.project(*p)).collect();
    let cost = u64::try_from(Pennies::sum(funded.iter().map(|p| p.cost))).ok();
    Count {
        rule,
        utility: rule.utility.name(),
        budget: budget.total(),
        cost: cost.and_then(Pennies::new).unwrap_or_default(),
        ballots: election.ballots().len(),
        funded: funded.iter().map(|p| p.id.clone()).collect(),
        added,
        rounds,
        places,
    }
}

impl Count {
    /// The whole working as lines of text.
    pub fn text(&self) -> String {
        let mut lines = vec![
            format!(
                "rule     {} (worth of a project to a voter: {})",
                self.rule, self.utility
            ),
            format!("ballots  {}", self.ballots),
            format!("budget   {}", self.budget),
            format!("cost     {}", self.cost),
            format!("funded   {}", self.funded.len()),
        ];
        if let Some(added) = self.added {
            lines.push(format!("added    {added} to each share"));
        }
        lines.extend((1..).zip(&self.rounds).map(|(number, round)| match round {
            Round::Bought(b) => format!(
                "{number:>4}  {}  cost {}, supporters {}, full price {}, gave all they had {}",
                b.project, b.cost, b.supporters, b.full_price, b.gave_all
            ),
            Round::Weighed(w) => format!(
                "{number:>4}  {}  cost {}, votes {}, score {}, left {}: {}",
                w.project,
                w.cost,
                w.votes,
                w.score,
                w.left,
                if w.funded { "funded" } else { "does not fit" }
            ),
        }));
        lines.push(String::new());
        lines.join("\n")
    }
}

//! The steps of a count: what was bought or weighed, in the order in which it was.
//!
//! Deliberately not here: how a rule comes to a step (`greedy`, `shares`), nor the whole (`count`).

use serde::Serialize;

use super::money::Pennies;

/// One step of the working.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Round {
    /// Equal Shares: supporters bought a project.
    Bought(Bought),
    /// Greedy: a project was the next best, and fitted or not.
    Weighed(Weighed),
}

/// A purchase by Equal Shares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bought {
    pub project: String,
    pub cost: Pennies,
    /// Ballots to which it is worth something.
    pub supporters: u64,
    /// Of these, how many could not pay the full price and gave all they had left.
    pub gave_all: u64,
    /// Minor units per unit of worth, an exact fraction.
    pub rate: String,
    /// What a supporter who values it most paid, in units of currency, to four decimals.
    pub full_price: String,
}

/// A project weighed by greedy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weighed {
    pub project: String,
    pub cost: Pennies,
    pub votes: u64,
    /// Sum of points; on approval ballots the votes.
    pub score: f64,
    /// Money left before.
    pub left: Pennies,
    pub funded: bool,
}

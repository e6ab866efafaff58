//! The rules by which a budget is spent, and their names on the command line.
//!
//! A rule is a method and a utility: what a funded project is worth to a voter. Every tie, in every
//! rule, goes to the project whose id comes first in Unicode order (pabutools' default).
//! Not here: the counting.
//!
//! | name | method |
//! |---|---|
//! | `greedy` | by total utility per cost, skipping what no longer fits |
//! | `mes` | Method of Equal Shares, nothing more: may leave money |
//! | `mes-greedy` | then greedy, with the same utility, on what is left |
//! | `mes-add1` | every voter's share raised by one unit of currency until the result is exhaustive, or would overspend (then the result before) |
//! | `mes-add1-greedy` | then greedy, with the same utility, on what is left |
//!
//! A suffix names the utility: `:cost`, `:cardinality`, `:score`, `:cost-score`. Without one, Equal
//! Shares takes `cost` on every form of ballot (pabutools' `Cost_Sat`, the setting of
//! equalshares.net and of the towns that use it); `greedy` takes `cost-score`, which is to say it
//! goes by votes on approval ballots and by points on the others, as towns do.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// What a funded project is worth to a voter who named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Utility {
    /// Its cost. Greedy by this goes by votes. pabutools: `Cost_Sat`.
    Cost,
    /// One. Greedy by this goes by votes per cost. pabutools: `Cardinality_Sat`.
    Cardinality,
    /// The points on the ballot. pabutools: `Additive_Cardinal_Sat`; on ordinal ballots the first
    /// of three has 3 points, the last 1 (where `Additive_Borda_Sat` has 2 and 0).
    Score,
    /// The points times the cost. Greedy by this goes by the sum of points.
    CostScore,
}

/// What is done with money that Equal Shares leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Completion {
    Nothing,
    Greedy,
    AddOne,
    AddOneThenGreedy,
}

/// How the winners are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Greedy,
    EqualShares(Completion),
}

/// A rule that a count can be made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub method: Method,
    pub utility: Utility,
}

/// The name is none of the table above.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such rule")]
pub struct NoSuchRule;

impl Method {
    /// Every method, in the order they are compared.
    pub const ALL: [Self; 5] = [
        Self::Greedy,
        Self::EqualShares(Completion::Nothing),
        Self::EqualShares(Completion::Greedy),
        Self::EqualShares(Completion::AddOne),
        Self::EqualShares(Completion::AddOneThenGreedy),
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Greedy => "greedy",
            Self::EqualShares(Completion::Nothing) => "mes",
            Self::EqualShares(Completion::Greedy) => "mes-greedy",
            Self::EqualShares(Completion::AddOne) => "mes-add1",
            Self::EqualShares(Completion::AddOneThenGreedy) => "mes-add1-greedy",
        }
    }

    /// What a rule's name means when no utility is named.
    pub fn usual_utility(self) -> Utility {
        match self {
            Self::Greedy => Utility::CostScore,
            Self::EqualShares(_) => Utility::Cost,
        }
    }
}

impl Utility {
    pub const ALL: [Self; 4] = [Self::Cost, Self::Cardinality, Self::Score, Self::CostScore];

    /// The suffix on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Cardinality => "cardinality",
            Self::Score => "score",
            Self::CostScore => "cost-score",
        }
    }

    /// Worth to one voter of a project of `cost` minor units with `points`; nothing for a project
    /// whose points are not positive.
    pub fn worth(self, cost: u64, points: i32) -> u128 {
        let points = u128::try_from(points).unwrap_or(0);
        match self {
            _ if points == 0 => 0,
            Self::Cost => u128::from(cost),
            Self::Cardinality => 1,
            Self::Score => points,
            Self::CostScore => points * u128::from(cost),
        }
    }
}

impl Rule {
    /// The method with its usual utility.
    pub fn usual(method: Method) -> Self {
        Self {
            method,
            utility: method.usual_utility(),
        }
    }
}

impl FromStr for Rule {
    type Err = NoSuchRule;

    fn from_str(text: &str) -> Result<Self, NoSuchRule> {
        let (method, utility) = match text.split_once(':') {
            Some((method, utility)) => (method, Some(utility)),
            None => (text, None),
        };
        let method = Method::ALL
            .into_iter()
            .find(|m| m.name() == method)
            .ok_or(NoSuchRule)?;
        let utility = match utility {
            Some(name) => Utility::ALL
                .into_iter()
                .find(|u| u.name() == name)
                .ok_or(NoSuchRule)?,
            None => method.usual_utility(),
        };
        Ok(Self { method, utility })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method.name())?;
        if self.utility != self.method.usual_utility() {
            write!(f, ":{}", self.utility.name())?;
        }
        Ok(())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

//! Participatory budgets: projects with costs, ballots, the rules that spend the money, and what
//! each would have funded side by side.
//!
//! Here: the model ([`Budget`], [`Election`]), the forms of ballot and what they refuse
//! ([`BallotForm`]), Pabulib files ([`pabulib`]), the rules ([`Rule`]) and their counts ([`count()`],
//! [`compare()`]). Deliberately not here: who may vote, files on disk, wording.
//!
//! Invariant: counts are exact in whole minor units and fractions, never cost more than the budget,
//! and depend on nothing but projects, ballots and the rule.

mod ballot;
mod compare;
mod count;
mod election;
mod greedy;
mod model;
mod money;
pub mod pabulib;
mod rule;
mod shares;
mod working;

pub use ballot::{Ballot, BallotForm, BallotRefusal, Choice, remaining};
pub use compare::{Comparison, Outcome, compare};
pub use count::{Count, count};
pub use election::Election;
pub use model::{Budget, BudgetRefusal, MOST_PROJECTS, Project};
pub use money::{MOST, MoneyRefused, Pennies};
pub use rule::{Completion, Method, NoSuchRule, Rule, Utility};
pub use working::{Bought, Round, Weighed};

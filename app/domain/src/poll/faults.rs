//! What has to be put right before a poll goes to a vote.

use super::model::{BudgetForm, Electorate, Method, Poll, PollOption};
use crate::vote::{budget, ranked, tally};

/// Why a poll can't be set up, or can't be sent for review, like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{self:?}")]
pub enum PollRefused {
    /// Its consultation's regime allows no vote.
    NotUnderThisRegime,
    /// No question.
    QuestionMissing,
    /// Fewer than two options.
    TooFewOptions,
    /// More options than a paper can hold.
    TooManyOptions,
    /// No places, or more places than options.
    Seats,
    /// A rule that fills one place, and more than one place.
    OneSeatRule,
    /// A limit, a score or a purse of nothing, or too large.
    Limit,
    /// A project without a cost, or an option with one where there is no budget.
    Cost,
    /// No sum to spend.
    Total,
    /// Two options have one name.
    NameTwice,
    /// Restricted to wards, and none is named.
    WardMissing,
    /// Restricted to a register, and it is empty.
    RegisterEmpty,
    /// The rule has another name than any.
    Rule,
}

/// The most options of a paper: what one can still read.
pub const MOST_OPTIONS: usize = 100;
/// The most points, scores and places.
pub const MOST_POINTS: u32 = 1_000;
/// The most money: ten thousand million pounds, in pence.
pub const MOST_PENCE: u64 = 1_000_000_000_000;

impl Poll {
    /// Everything that has to be put right before this goes to a vote, in the order of the enum.
    /// Whether a register holds anybody is not known here: see [`PollRefused::RegisterEmpty`].
    pub fn faults(&self) -> Vec<PollRefused> {
        let mut found = Vec::new();
        let mut check = |wrong: bool, fault| {
            if wrong && !found.contains(&fault) {
                found.push(fault);
            }
        };
        let options = self.options.len();
        check(
            self.question.trim().is_empty(),
            PollRefused::QuestionMissing,
        );
        check(options < 2, PollRefused::TooFewOptions);
        check(options > MOST_OPTIONS, PollRefused::TooManyOptions);
        let outside = |value: u32| value == 0 || value > MOST_POINTS;
        let limit = |most: Option<u32>| most.is_some_and(outside);
        let seats = |seats: u32| outside(seats) || (options >= 2 && seats as usize > options);
        let budget = matches!(self.method, Method::Budget { .. });
        match &self.method {
            Method::Points {
                form,
                seats: places,
            } => {
                check(seats(*places), PollRefused::Seats);
                check(
                    match *form {
                        tally::Rule::Approval { most } => limit(most),
                        tally::Rule::Score { top } => outside(top),
                        tally::Rule::Dot { points, most_each } => {
                            outside(points) || limit(most_each)
                        }
                    },
                    PollRefused::Limit,
                );
            }
            Method::Ranked {
                rule,
                seats: places,
            } => {
                check(seats(*places), PollRefused::Seats);
                check(
                    rule.fills_one_seat() && *places > 1,
                    PollRefused::OneSeatRule,
                );
                // Borda's points are a report, and approval is another form.
                check(
                    matches!(rule, ranked::Rule::Borda | ranked::Rule::Approval),
                    PollRefused::Rule,
                );
            }
            Method::Budget { total, form, rule } => {
                check(*total == 0 || *total > MOST_PENCE, PollRefused::Total);
                check(
                    match *form {
                        BudgetForm::Knapsack => false,
                        BudgetForm::Approval { most } | BudgetForm::Ordinal { most } => limit(most),
                        BudgetForm::Score { top } => outside(top),
                        BudgetForm::Cumulative { points } => outside(points),
                    },
                    PollRefused::Limit,
                );
                check(rule.parse::<budget::Rule>().is_err(), PollRefused::Rule);
            }
        }
        let cost_unfit = |one: &PollOption| match one.cost {
            None => budget,
            Some(cost) => !budget || cost == 0 || cost > MOST_PENCE,
        };
        check(self.options.iter().any(cost_unfit), PollRefused::Cost);
        let mut names: Vec<String> = self
            .options
            .iter()
            .map(|one| one.name.trim().to_lowercase())
            .collect();
        names.sort_unstable();
        check(
            names.windows(2).any(|two| two.first() == two.last()),
            PollRefused::NameTwice,
        );
        check(
            matches!(&self.electorate, Electorate::Ward { areas } if areas.is_empty()),
            PollRefused::WardMissing,
        );
        found.sort_unstable();
        found
    }
}

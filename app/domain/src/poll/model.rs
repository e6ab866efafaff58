//! What a poll is, and what a ballot paper may say.
//!
//! Invariant: [`Choices`] are made only by [`Poll::choices`], so none is over budget, over its
//! points, ranks twice or names an option that is not on the paper; their text is canonical, so
//! equal ballots have equal texts.

use serde::{Deserialize, Serialize};

use crate::ids::{AreaId, ConsultationId, PollId, PollOptionId};
use crate::vote::budget::{self, BallotForm, Budget, Pennies, Project};
use crate::vote::{ranked, tally};

/// A question put to a vote within a consultation. Open while its consultation is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// Which one.
    pub id: PollId,
    /// The consultation it belongs to.
    pub consultation: ConsultationId,
    /// Its number within the consultation, from 1: its place in addresses.
    pub number: i32,
    /// What is asked.
    pub question: String,
    /// What a voter should know; Markdown, may be empty.
    pub help: String,
    /// How a ballot is marked and counted.
    pub method: Method,
    /// Who may have a ballot paper.
    pub electorate: Electorate,
    /// Whether nobody sees any result before the poll closes.
    pub sealed: bool,
    /// Whether the owner has declared the result binding; else it is indicative.
    pub binding: bool,
    /// What is on the ballot paper, in its order.
    pub options: Vec<PollOption>,
    /// The SHA-256 of [`Poll::seed`], in hexadecimal: shown from the opening.
    pub seed_hash: String,
    /// The seed of every draw by lot: shown with the result, not before.
    pub seed: String,
}

/// How a ballot is marked, and how the ballots are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Method {
    /// Points to options: approval, score, dot (cumulative). The most points win.
    Points {
        /// How points may be given.
        form: tally::Rule,
        /// Places to fill.
        seats: u32,
    },
    /// Options from best to worst; the rest may be left out.
    Ranked {
        /// How they are counted.
        rule: ranked::Rule,
        /// Places to fill.
        seats: u32,
    },
    /// Projects with costs and a sum to spend.
    Budget {
        /// The sum, in pence.
        total: u64,
        /// How the ballot is marked.
        form: BudgetForm,
        /// The rule that decides; the others are shown beside it.
        rule: String,
    },
}

/// How a budget ballot is marked. Limits in pence are the poll's own sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "form")]
pub enum BudgetForm {
    /// Any projects that together cost no more than the sum.
    Knapsack,
    /// Any projects, at most so many.
    Approval {
        /// The most, if there is a limit.
        most: Option<u32>,
    },
    /// A score from 0 to this for each project.
    Score {
        /// The top score.
        top: u32,
    },
    /// Points to spread over the projects.
    Cumulative {
        /// Points in the purse.
        points: u32,
    },
    /// Projects from best to worst, at most so many.
    Ordinal {
        /// The most, if there is a limit.
        most: Option<u32>,
    },
}

/// Something on the ballot paper: an option, a candidate, a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollOption {
    /// Which one.
    pub id: PollOptionId,
    /// Its place on the paper, from 1. What ballots name it by; fixed once the poll is open.
    pub position: i32,
    /// Its name.
    pub name: String,
    /// A sentence or two; may be empty.
    pub description: String,
    /// What it costs, in pence; only projects of a budget have a cost.
    pub cost: Option<u64>,
    /// The area it is for.
    pub area: Option<AreaId>,
    /// The stored picture, and its description for who can't see it.
    pub picture: Option<(String, String)>,
}

/// Who may have a ballot paper, and what makes sure of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Electorate {
    /// Anybody: one ballot a browser.
    Open,
    /// Anybody with an e-mail address: one ballot an address that was confirmed.
    Email,
    /// Anybody with a confirmed e-mail address who gives a postcode in one of these wards.
    Ward {
        /// The wards.
        areas: Vec<AreaId>,
    },
    /// Those on a list of electors or addresses: one ballot a letter.
    Register,
}

/// How sure one may be that each person voted once. Shown beside the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Whoever clears their browser can vote again.
    Weak,
    /// Whoever has several addresses can vote several times.
    Fair,
    /// One letter, one ballot.
    Strong,
}

impl Electorate {
    /// How sure one may be that each person voted once.
    pub fn strength(&self) -> Strength {
        match self {
            Electorate::Open => Strength::Weak,
            Electorate::Email | Electorate::Ward { .. } => Strength::Fair,
            Electorate::Register => Strength::Strong,
        }
    }

    /// The word that is stored.
    pub fn code(&self) -> &'static str {
        match self {
            Electorate::Open => "open",
            Electorate::Email => "email",
            Electorate::Ward { .. } => "ward",
            Electorate::Register => "register",
        }
    }
}

/// One mark on a ballot: an option by its position, with points, a score, or a rank from 1 (best).
/// Where a form has crosses only, `value` is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice {
    /// The option's position on the paper, from 1.
    pub option: i32,
    /// Points, score or rank.
    pub value: u32,
}

/// What one ballot says, within the rules of its poll. Empty is a blank ballot, which is counted as
/// blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choices(Vec<Choice>);

impl Choices {
    /// The marks: ranked ones best first, others by position.
    pub fn marks(&self) -> &[Choice] {
        &self.0
    }

    /// Whether nothing is marked.
    pub fn is_blank(&self) -> bool {
        self.0.is_empty()
    }

    /// The one text of these marks: `3:1 1:2`; empty for a blank ballot.
    pub fn text(&self) -> String {
        let marks: Vec<String> = self
            .0
            .iter()
            .map(|mark| format!("{}:{}", mark.option, mark.value))
            .collect();
        marks.join(" ")
    }
}

/// Reads the text of marks without asking whether a poll allows them.
pub fn marks(text: &str) -> Option<Vec<Choice>> {
    text.split_ascii_whitespace()
        .map(|mark| {
            let (option, value) = mark.split_once(':')?;
            Some(Choice {
                option: option.parse().ok()?,
                value: value.parse().ok()?,
            })
        })
        .collect()
}

/// Why a ballot is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum BallotRefused {
    /// An option that is not on the paper, or is there twice.
    NotOnThePaper,
    /// Two options have the same rank, or a rank is left out.
    Ranks {
        /// The rank.
        rank: u32,
    },
    /// More options than may be chosen.
    TooMany {
        /// How many were.
        given: u32,
        /// How many may be.
        most: u32,
    },
    /// More for one option than may be given.
    TooMuchForOne {
        /// The option's position.
        option: i32,
        /// The most.
        most: u32,
    },
    /// More points in all than there are.
    TooManyPoints {
        /// How many were given.
        given: u64,
        /// How many there are.
        most: u32,
    },
    /// The projects cost more than there is, in pence.
    OverBudget {
        /// What they cost.
        cost: u64,
        /// What there is.
        total: u64,
    },
}

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
    /// Makes a ballot of marks. Marks of value 0 are no marks. In a ranked or ordinal poll `value`
    /// is the rank from 1, and the order given does not matter.
    ///
    /// # Errors
    /// [`BallotRefused`]: nothing is cut to fit.
    pub fn choices(&self, given: &[Choice]) -> Result<Choices, BallotRefused> {
        let mut marks: Vec<Choice> = given.iter().copied().filter(|c| c.value > 0).collect();
        marks.sort_unstable_by_key(|mark| mark.option);
        if marks.windows(2).any(|two| same(two, |mark| mark.option))
            || marks.iter().any(|mark| self.option(mark.option).is_none())
        {
            return Err(BallotRefused::NotOnThePaper);
        }
        match &self.method {
            Method::Points { form, .. } => points(*form, &marks)?,
            Method::Ranked { .. } => ranks(&mut marks, None)?,
            Method::Budget { total, form, .. } => match form {
                BudgetForm::Knapsack => {
                    crosses(&marks)?;
                    self.within(&marks, *total)?;
                }
                BudgetForm::Approval { most } => {
                    crosses(&marks)?;
                    no_more_than(&marks, *most)?;
                }
                BudgetForm::Score { top } => each(&marks, *top)?,
                BudgetForm::Cumulative { points } => no_more_points(&marks, *points)?,
                BudgetForm::Ordinal { most } => ranks(&mut marks, *most)?,
            },
        }
        Ok(Choices(marks))
    }

    /// The option at a position of the paper.
    pub fn option(&self, position: i32) -> Option<&PollOption> {
        self.options.iter().find(|one| one.position == position)
    }

    /// What the marked projects cost, in pence.
    pub fn cost(&self, marks: &[Choice]) -> u64 {
        marks
            .iter()
            .filter_map(|mark| self.option(mark.option)?.cost)
            .fold(0, u64::saturating_add)
    }

    fn within(&self, marks: &[Choice], total: u64) -> Result<(), BallotRefused> {
        let cost = self.cost(marks);
        if cost > total {
            return Err(BallotRefused::OverBudget { cost, total });
        }
        Ok(())
    }

    /// Everything that stands in the way of putting this to a vote, in the order of the enum.
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
                // Borda's points are a report, and approval is a form of its own.
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

impl BudgetForm {
    /// The form of `vote::budget` that ballots of this form are counted as.
    pub fn ballot_form(self, total: Pennies) -> BallotForm {
        let whole = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        match self {
            Self::Knapsack => BallotForm::Knapsack { limit: total },
            Self::Approval { most } => BallotForm::Approval { most, limit: None },
            Self::Score { top } => BallotForm::Score {
                lowest: 0,
                highest: whole(top),
            },
            Self::Cumulative { points } => BallotForm::Cumulative {
                total: whole(points),
            },
            Self::Ordinal { most } => BallotForm::Ordinal { most },
        }
    }
}

/// The budget of a poll's projects: ids are positions on the paper.
pub fn budget_of(total: u64, options: &[(i32, String, u64)]) -> Option<Budget> {
    let projects = options
        .iter()
        .map(|(position, name, cost)| {
            Some(Project {
                name: name.clone(),
                ..Project::new(position.to_string(), Pennies::new(*cost)?)
            })
        })
        .collect::<Option<Vec<Project>>>()?;
    Budget::new(Pennies::new(total)?, projects).ok()
}

fn same<T: PartialEq>(two: &[Choice], of: impl Fn(&Choice) -> T) -> bool {
    matches!(two, [a, b] if of(a) == of(b))
}

fn points(form: tally::Rule, marks: &[Choice]) -> Result<(), BallotRefused> {
    match form {
        tally::Rule::Approval { most } => {
            crosses(marks)?;
            no_more_than(marks, most)
        }
        tally::Rule::Score { top } => each(marks, top),
        tally::Rule::Dot { points, most_each } => {
            if let Some(most) = most_each {
                each(marks, most)?;
            }
            no_more_points(marks, points)
        }
    }
}

fn crosses(marks: &[Choice]) -> Result<(), BallotRefused> {
    each(marks, 1)
}

fn each(marks: &[Choice], most: u32) -> Result<(), BallotRefused> {
    match marks.iter().find(|mark| mark.value > most) {
        Some(mark) => Err(BallotRefused::TooMuchForOne {
            option: mark.option,
            most,
        }),
        None => Ok(()),
    }
}

fn no_more_than(marks: &[Choice], most: Option<u32>) -> Result<(), BallotRefused> {
    let given = u32::try_from(marks.len()).unwrap_or(u32::MAX);
    match most {
        Some(most) if given > most => Err(BallotRefused::TooMany { given, most }),
        _ => Ok(()),
    }
}

fn no_more_points(marks: &[Choice], most: u32) -> Result<(), BallotRefused> {
    let given = marks.iter().map(|mark| u64::from(mark.value)).sum();
    if given > u64::from(most) {
        return Err(BallotRefused::TooManyPoints { given, most });
    }
    Ok(())
}

/// Sorts by rank and asks that ranks run 1, 2, 3 … without a gap or a double.
fn ranks(marks: &mut [Choice], most: Option<u32>) -> Result<(), BallotRefused> {
    marks.sort_unstable_by_key(|mark| mark.value);
    for (rank, mark) in (1_u32..).zip(marks.iter()) {
        if mark.value != rank {
            return Err(BallotRefused::Ranks {
                rank: rank.min(mark.value),
            });
        }
    }
    no_more_than(marks, most)
}

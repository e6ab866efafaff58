//! What a poll is: its question, how it is marked and counted, its options, its electorate.
//!
//! Not here: what a ballot may say (`ballot`), what makes a poll unfit (`faults`).

use serde::{Deserialize, Serialize};

use crate::ids::{AreaId, ConsultationId, PollId, PollOptionId};
use crate::typed;
use crate::vote::budget::{BallotForm, Budget, Pennies, Project};
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
    /// Anybody with an email address: one ballot an address that was confirmed.
    Email,
    /// Anybody with a confirmed email address who gives a postcode in one of these wards.
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

impl Method {
    /// The word for its kind: `approval`, `score`, `dot`, `ranked`, `budget`.
    pub fn kind(&self) -> &'static str {
        match self {
            Method::Points { form, .. } => match form {
                tally::Rule::Approval { .. } => "approval",
                tally::Rule::Score { .. } => "score",
                tally::Rule::Dot { .. } => "dot",
            },
            Method::Ranked { .. } => "ranked",
            Method::Budget { .. } => "budget",
        }
    }

    /// The settings that a poll of this kind begins with.
    pub fn beginning(kind: &str) -> Option<Self> {
        Some(match kind {
            "approval" => Method::Points {
                form: tally::Rule::Approval { most: None },
                seats: 1,
            },
            "score" => Method::Points {
                form: tally::Rule::Score { top: 5 },
                seats: 1,
            },
            "dot" => Method::Points {
                form: tally::Rule::Dot {
                    points: 5,
                    most_each: None,
                },
                seats: 1,
            },
            "ranked" => Method::Ranked {
                rule: ranked::Rule::Irv,
                seats: 1,
            },
            "budget" => Method::Budget {
                total: 0,
                form: BudgetForm::Knapsack,
                rule: "mes-add1".to_owned(),
            },
            _ => return None,
        })
    }

    /// Whether there is money to spend, so that each option has a cost.
    pub fn is_budget(&self) -> bool {
        matches!(self, Method::Budget { .. })
    }
}

impl Poll {
    /// The question, or the number of a poll that has none yet.
    pub fn name(&self) -> String {
        if typed::is_blank(&self.question) {
            format!("Poll {}", self.number)
        } else {
            self.question.clone()
        }
    }

    /// The option of this id.
    pub fn option_of(&self, id: PollOptionId) -> Option<&PollOption> {
        self.options.iter().find(|one| one.id == id)
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

//! Counting a list of ballots by its poll's own rule, with the whole working.
//!
//! Invariant: the count is a function of the list alone, so that whoever has the list has the
//! result; set-aside ballots are counted in a second result, never dropped.

use serde::Serialize;

use super::ballot::marks;
use super::list::{BallotList, ListedBallot};
use super::model::{BudgetForm, Method, budget_of};
use crate::vote::{budget, ranked, tally};

/// A count with its working.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Counted {
    /// Points.
    Points(tally::Tally),
    /// Ranked.
    Ranked(ranked::Count),
    /// A budget: the deciding count, and every rule side by side.
    Budget {
        /// By the poll's own rule. Projects are named by position.
        count: budget::Count,
        /// What each rule would have funded.
        comparison: budget::Comparison,
        /// On how many ballots each project is, in the order of the paper.
        wanted: Vec<Wanted>,
    },
}

/// On how many ballots a project is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// Its position on the paper, by which the count names it.
    pub project: String,
    /// Ballots that name it, with a positive score where there are scores.
    pub votes: u64,
}

/// Why a list can't be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum CountRefused {
    /// The text of a ballot is no list of marks, or breaks the rules of the poll.
    Ballot {
        /// Its place in the list, from 1.
        place: usize,
    },
    /// Not one ballot with a mark.
    NoBallots,
    /// Options, seats, costs or rule don't make a poll.
    Poll,
}

/// Counts. `with_all` counts the ballots that were set aside too.
///
/// # Errors
/// [`CountRefused`].
pub fn count(list: &BallotList, with_all: bool) -> Result<Counted, CountRefused> {
    let poll = list.as_poll();
    if !poll.faults().is_empty() {
        return Err(CountRefused::Poll);
    }
    let mut ballots = Vec::with_capacity(list.ballots.len());
    for (place, ballot) in (1..).zip(&list.ballots) {
        let choices = marks(&ballot.choices)
            .and_then(|marks| poll.choices(&marks).ok())
            .ok_or(CountRefused::Ballot { place })?;
        if counts(ballot, with_all) {
            ballots.push(choices);
        }
    }
    if ballots.iter().all(super::Choices::is_blank) {
        return Err(CountRefused::NoBallots);
    }
    let tie = ranked::TieBreak::seeded(&list.seed);
    let place_of = |position: i32| {
        list.options
            .iter()
            .position(|one| one.position == position)
            .unwrap_or_default()
    };
    match &list.method {
        Method::Points { form, seats } => {
            let names: Vec<String> = list.options.iter().map(|one| one.name.clone()).collect();
            let rows: Vec<(u64, Vec<u32>)> = ballots
                .iter()
                .map(|choices| {
                    let mut row = vec![0; names.len()];
                    for mark in choices.marks() {
                        if let Some(cell) = row.get_mut(place_of(mark.option)) {
                            *cell = mark.value;
                        }
                    }
                    (1, row)
                })
                .collect();
            tally::tally(*form, &names, *seats, &rows, &tie)
                .map(Counted::Points)
                .map_err(|_| CountRefused::Poll)
        }
        Method::Ranked { rule, seats } => {
            let candidates = list
                .options
                .iter()
                .map(|one| ranked::Candidate::new(&one.name))
                .collect();
            let rows = ballots.iter().map(|choices| {
                let ranking = choices
                    .marks()
                    .iter()
                    .filter_map(|mark| u16::try_from(place_of(mark.option)).ok())
                    .collect();
                (1, ranking)
            });
            ranked::Election::new(Some(list.question.clone()), *seats, candidates, rows)
                .and_then(|election| ranked::count(*rule, &election, &tie))
                .map(Counted::Ranked)
                .map_err(|_| CountRefused::Poll)
        }
        Method::Budget { total, form, rule } => {
            budget_count(list, &ballots, *total, *form, rule).ok_or(CountRefused::Poll)
        }
    }
}

fn counts(ballot: &ListedBallot, with_all: bool) -> bool {
    with_all || !ballot.set_aside
}

fn budget_count(
    list: &BallotList,
    ballots: &[super::Choices],
    total: u64,
    form: BudgetForm,
    rule: &str,
) -> Option<Counted> {
    let projects: Vec<(i32, String, u64)> = list
        .options
        .iter()
        .map(|one| Some((one.position, one.name.clone(), one.cost?)))
        .collect::<Option<_>>()?;
    let budget = budget_of(total, &projects)?;
    let form = form.ballot_form(budget.total());
    let mut election = budget::Election::new(budget, form);
    for choices in ballots {
        let ids: Vec<(String, i32)> = choices
            .marks()
            .iter()
            .map(|mark| Some((mark.option.to_string(), i32::try_from(mark.value).ok()?)))
            .collect::<Option<_>>()?;
        let ids: Vec<(&str, i32)> = ids.iter().map(|(id, n)| (id.as_str(), *n)).collect();
        election.cast(&ids).ok()?;
    }
    let rule = rule.parse().ok()?;
    let mut rules: Vec<budget::Rule> = budget::Method::ALL
        .into_iter()
        .map(budget::Rule::usual)
        .collect();
    if !rules.contains(&rule) {
        rules.insert(0, rule);
    }
    let projects = election.budget().projects();
    let wanted = projects
        .iter()
        .zip(election.votes())
        .map(|(project, votes)| Wanted {
            project: project.id.clone(),
            votes,
        })
        .collect();
    Some(Counted::Budget {
        wanted,
        count: budget::count(&election, rule),
        comparison: budget::compare(&election, &rules),
    })
}

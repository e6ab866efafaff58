//! A budget with the ballots cast on it, before they are counted.
//!
//! Deliberately not here: what a ballot may say (`ballot`), which rule spends the money (`count`).
//! Invariant: every choice of every ballot is a project of the budget.

use super::ballot::{Ballot, BallotForm, BallotRefusal};
use super::model::Budget;

/// A budget with the ballots cast on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Election {
    pub(super) budget: Budget,
    pub(super) form: BallotForm,
    /// One point of a ballot is this many units of [`super::Choice::points`].
    pub(super) points_scale: u32,
    pub(super) ballots: Vec<Ballot>,
}

impl Election {
    pub fn new(budget: Budget, form: BallotForm) -> Self {
        Self {
            budget,
            form,
            points_scale: 1,
            ballots: Vec::new(),
        }
    }

    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    pub fn form(&self) -> &BallotForm {
        &self.form
    }

    pub fn ballots(&self) -> &[Ballot] {
        &self.ballots
    }

    /// See [`super::Choice::points`]: 1 unless points in a file have decimals.
    pub fn points_scale(&self) -> u32 {
        self.points_scale
    }

    /// Makes a ballot by this election's form and adds it.
    ///
    /// # Errors
    /// As [`BallotForm::ballot`].
    pub fn cast(&mut self, choices: &[(&str, i32)]) -> Result<(), BallotRefusal> {
        let ballot = self.form.ballot(&self.budget, choices)?;
        self.ballots.push(ballot);
        Ok(())
    }

    /// How many ballots name each project (with a positive score, where there are scores).
    pub fn votes(&self) -> Vec<u64> {
        let mut votes = vec![0; self.budget.projects().len()];
        for choice in self.ballots.iter().flat_map(Ballot::choices) {
            if choice.points > 0
                && let Some(count) = votes.get_mut(choice.project as usize)
            {
                *count += 1;
            }
        }
        votes
    }

    /// Sum of points of each project, in units of [`Self::points_scale`].
    pub fn scores(&self) -> Vec<i64> {
        let mut scores = vec![0; self.budget.projects().len()];
        for choice in self.ballots.iter().flat_map(Ballot::choices) {
            if let Some(score) = scores.get_mut(choice.project as usize) {
                *score += i64::from(choice.points);
            }
        }
        scores
    }
}

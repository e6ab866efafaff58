//! Where a count is kept while it goes on: who still stands, the stages so far, the draws.
//!
//! The rules call it; it writes the [`Count`]. The invariant: a candidate is in one state, and no
//! more are elected than there are seats.

#![expect(
    clippy::indexing_slicing,
    reason = "every vector here has one entry a candidate and every index is a candidate's place"
)]

use super::election::Election;
use super::rule::Rule;
use super::tie::{Draw, Extreme, Purpose, TieBreak, look_back};
use super::votes::Votes;
use super::working::{Action, Count, Pairwise, Stage, Standing, Status, Total, Transfer};

/// What a stage ends with, besides who stands.
pub(super) struct Closing {
    pub(super) action: Action,
    pub(super) quota: Option<Votes>,
    pub(super) totals: Vec<Votes>,
    pub(super) keeps: Option<Vec<Votes>>,
    pub(super) transfers: Vec<Transfer>,
    pub(super) non_transferable: Votes,
    pub(super) lost: Votes,
}

impl Closing {
    /// A stage with nothing but what it did.
    pub(super) fn only(action: Action) -> Self {
        Self {
            action,
            quota: None,
            totals: Vec::new(),
            keeps: None,
            transfers: Vec::new(),
            non_transferable: Votes::ZERO,
            lost: Votes::ZERO,
        }
    }
}

pub(super) struct Desk<'a> {
    election: &'a Election,
    tie: &'a TieBreak,
    rule: Rule,
    seats: u32,
    labels: Vec<String>,
    status: Vec<Status>,
    history: Vec<Vec<Votes>>,
    stages: Vec<Stage>,
    draws: Vec<Draw>,
    elected: Vec<usize>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(rule: Rule, election: &'a Election, tie: &'a TieBreak) -> Self {
        let candidates = election.candidates();
        let status = candidates
            .iter()
            .map(|one| {
                if one.withdrawn {
                    Status::Withdrawn
                } else {
                    Status::Continuing
                }
            })
            .collect();
        let labels = candidates
            .iter()
            .enumerate()
            .map(|(place, one)| {
                let shared = candidates
                    .iter()
                    .filter(|other| other.name == one.name)
                    .count()
                    > 1;
                if shared {
                    format!("{} #{}", one.name, place + 1)
                } else {
                    one.name.clone()
                }
            })
            .collect();
        let seats = if rule.fills_one_seat() {
            1
        } else {
            election.seats()
        };
        Self {
            election,
            tie,
            rule,
            seats,
            labels,
            status,
            history: Vec::new(),
            stages: Vec::new(),
            draws: Vec::new(),
            elected: Vec::new(),
        }
    }

    /// Candidates still in the count, in the order of the file.
    pub(super) fn continuing(&self) -> Vec<usize> {
        (0..self.status.len())
            .filter(|place| self.continues(*place))
            .collect()
    }

    pub(super) fn continues(&self, candidate: usize) -> bool {
        self.status[candidate] == Status::Continuing
    }

    pub(super) fn elected(&self) -> &[usize] {
        &self.elected
    }

    pub(super) fn seats(&self) -> u32 {
        self.seats
    }

    pub(super) fn vacancies(&self) -> usize {
        (self.seats as usize).saturating_sub(self.elected.len())
    }

    /// The name as in the file; with its number where two share one.
    pub(super) fn label(&self, candidate: usize) -> String {
        self.labels[candidate].clone()
    }

    pub(super) fn stages(&self) -> u32 {
        self.stages.len() as u32
    }

    /// Ends a stage.
    pub(super) fn close(&mut self, closing: Closing) {
        let before = self.history.last();
        let totals = closing
            .totals
            .iter()
            .enumerate()
            .map(|(place, &votes)| Total {
                candidate: self.labels[place].clone(),
                votes,
                change: votes - before.map_or(Votes::ZERO, |totals| totals[place]),
                status: self.status[place],
                keep: closing.keeps.as_ref().map(|keeps| keeps[place]),
            });
        let stage = Stage {
            number: self.stages() + 1,
            action: closing.action,
            quota: closing.quota,
            totals: totals.collect(),
            transfers: closing.transfers,
            non_transferable: closing.non_transferable,
            lost_by_fraction: closing.lost,
            elected: Vec::new(),
        };
        self.stages.push(stage);
        if !closing.totals.is_empty() {
            self.history.push(closing.totals);
        }
    }

    /// One of those tied: by the stages before, else by lot, which is recorded.
    pub(super) fn pick(&mut self, tied: &[usize], extreme: Extreme, purpose: Purpose) -> usize {
        let level = look_back(tied, &self.history, extreme);
        self.lot(&level, purpose)
    }

    /// One of those level, by lot, which is recorded unless there is only one.
    pub(super) fn lot(&mut self, level: &[usize], purpose: Purpose) -> usize {
        if level.len() == 1 {
            return level[0];
        }
        let names = level
            .iter()
            .map(|candidate| self.label(*candidate))
            .collect();
        let draw = Draw::among(self.tie, self.stages(), purpose, names);
        let drawn = level
            .iter()
            .copied()
            .find(|candidate| draw.drawn() == Some(self.labels[*candidate].as_str()));
        self.draws.push(draw);
        drawn.unwrap_or_default()
    }

    /// All of these in the order of one draw, which is recorded.
    pub(super) fn draw_all(&mut self, concerned: &[usize], purpose: Purpose) -> Vec<usize> {
        let names = concerned
            .iter()
            .map(|candidate| self.label(*candidate))
            .collect();
        let draw = Draw::among(self.tie, self.stages(), purpose, names);
        let mut order = concerned.to_vec();
        let place = |one: &usize| {
            draw.lots
                .iter()
                .position(|lot| lot.name == self.labels[*one])
        };
        order.sort_by_key(place);
        self.draws.push(draw);
        order
    }

    /// Of those with a figure, the one with the most or fewest; ties as in [`Desk::pick`].
    pub(super) fn extreme(
        &mut self,
        figures: &[(usize, Votes)],
        extreme: Extreme,
        purpose: Purpose,
    ) -> Option<usize> {
        let best = figures.iter().map(|(_, votes)| *votes);
        let best = match extreme {
            Extreme::Most => best.max(),
            Extreme::Fewest => best.min(),
        }?;
        let tied: Vec<usize> = figures
            .iter()
            .filter(|(_, votes)| *votes == best)
            .map(|(place, _)| *place)
            .collect();
        Some(self.pick(&tied, extreme, purpose))
    }

    /// Deems these elected at the end of the last stage, most votes first.
    pub(super) fn elect(&mut self, mut figures: Vec<(usize, Votes)>) {
        while self.vacancies() > 0
            && let Some(next) = self.extreme(&figures, Extreme::Most, Purpose::ElectFirst)
        {
            figures.retain(|(place, _)| *place != next);
            self.elect_one(next);
        }
    }

    /// Deems one elected at the end of the last stage.
    pub(super) fn elect_one(&mut self, candidate: usize) {
        self.status[candidate] = Status::Elected;
        self.elected.push(candidate);
        if let Some(stage) = self.stages.last_mut() {
            stage.elected.push(self.labels[candidate].clone());
            if let Some(total) = stage.totals.get_mut(candidate) {
                total.status = Status::Elected;
            }
        }
    }

    pub(super) fn exclude(&mut self, candidate: usize) {
        self.status[candidate] = Status::Excluded;
    }

    pub(super) fn finish(
        self,
        quota: Option<Votes>,
        ranking: Option<Vec<Vec<usize>>>,
        pairwise: Option<Pairwise>,
    ) -> Count {
        let election = self.election;
        let named = election.candidates().iter().zip(self.status).zip(1..);
        let candidates = named.map(|((one, status), number)| Standing {
            number,
            name: one.name.clone(),
            party: one.party.clone(),
            status,
        });
        let labels = &self.labels;
        let ranking = ranking.map(|ranks| {
            let names = |rank: Vec<usize>| rank.into_iter().map(|one| labels[one].clone());
            ranks
                .into_iter()
                .map(|rank| names(rank).collect())
                .collect()
        });
        let elected = self
            .elected
            .iter()
            .map(|one| election.candidates()[*one].name.clone());
        Count {
            rule: self.rule,
            title: election.title().map(str::to_owned),
            seats: self.seats,
            ballots: election.valid(),
            blank: election.blank(),
            quota,
            elected: elected.collect(),
            elected_numbers: self.elected.iter().map(|place| *place as u32 + 1).collect(),
            candidates: candidates.collect(),
            stages: self.stages,
            ranking,
            pairwise,
            draws: self.draws,
            seed: self.tie.seed().to_owned(),
        }
    }
}

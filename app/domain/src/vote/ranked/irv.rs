//! Instant run-off: one seat.
//!
//! Whoever has more than half of the ballots still in play wins; else the lowest is excluded, one at
//! a time. Ties as in the Scottish rules: by the most recent stage at which those tied were unequal,
//! else by lot.

use super::desk::Desk;
use super::election::Election;
use super::piles::{Piles, WHOLE};
use super::rule::Rule;
use super::tie::{Extreme, Purpose, TieBreak};
use super::votes::Votes;
use super::working::{Action, Count};

pub(super) fn count(election: &Election, tie: &TieBreak) -> Count {
    let mut desk = Desk::new(Rule::Irv, election, tie);
    let mut piles = Piles::first(election);
    let mut action = Action::FirstPreferences;
    let mut transfers = Vec::new();
    let quota = loop {
        let continuing = desk.continuing();
        let in_play: u64 = continuing.iter().map(|one| piles.total(*one) / WHOLE).sum();
        let majority = Votes::whole(in_play / 2 + 1);
        desk.close(piles.closing(action, majority, transfers));
        let figures = piles.figures(&continuing);
        let winner = match figures.as_slice() {
            [(last, _)] => Some(*last),
            all => all
                .iter()
                .find(|(_, votes)| *votes >= majority)
                .map(|(one, _)| *one),
        };
        if let Some(winner) = winner {
            desk.elect_one(winner);
            break majority;
        }
        let Some(lowest) = desk.extreme(&figures, Extreme::Fewest, Purpose::Exclude) else {
            break majority;
        };
        let votes = Votes::hundred_thousandths(piles.total(lowest));
        action = Action::Excluded {
            candidate: desk.label(lowest),
            votes,
        };
        desk.exclude(lowest);
        transfers = piles.exclude(lowest, &desk);
    };
    desk.finish(Some(quota), None, None)
}

//! Single transferable vote by the Scottish rules.
//!
//! The Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, part III, from
//! *First stage* to *Filling of last vacancies*: quota ⌊valid ÷ (seats + 1)⌋ + 1; whoever reaches
//! it is deemed elected; the largest surplus goes first, every paper of the pile at surplus × value
//! ÷ total cut after five places (weighted inclusive Gregory); without a surplus the lowest is
//! excluded, papers keeping their value; ties by the most recent stage at which those tied were
//! unequal, else by lot; when as many continue as there are vacancies, all of them are elected.
//!
//! Counting reports show an elected candidate at the quota once their surplus is gone; so does this.

use super::desk::Desk;
use super::election::Election;
use super::piles::{Piles, WHOLE};
use super::rule::Rule;
use super::tie::{Extreme, Purpose, TieBreak};
use super::votes::Votes;
use super::working::{Action, Count};

pub(super) fn count(election: &Election, tie: &TieBreak) -> Count {
    let mut desk = Desk::new(Rule::StvScotland, election, tie);
    let votes = election.valid() / (u64::from(desk.seats()) + 1) + 1;
    let quota = votes * WHOLE;
    let shown = Votes::whole(votes);
    let mut piles = Piles::first(election);
    desk.close(piles.closing(Action::FirstPreferences, shown, Vec::new()));
    loop {
        let mut continuing = desk.continuing();
        let filled = continuing.len() <= desk.vacancies();
        continuing.retain(|candidate| piles.total(*candidate) >= quota);
        desk.elect(piles.figures(&continuing));
        let continuing = desk.continuing();
        if filled || continuing.len() <= desk.vacancies() {
            desk.elect(piles.figures(&continuing));
            break;
        }
        if desk.vacancies() == 0 {
            break;
        }
        let mut above = piles.figures(desk.elected());
        above.retain(|(_, votes)| *votes > shown);
        let (action, transfers) =
            if let Some(from) = desk.extreme(&above, Extreme::Most, Purpose::TransferFirst) {
                let surplus = piles.total(from) - quota;
                let action = Action::SurplusTransferred {
                    candidate: desk.label(from),
                    surplus: Votes::hundred_thousandths(surplus),
                };
                (action, piles.pass_surplus(from, surplus, &desk))
            } else if let Some(lowest) = desk.extreme(
                &piles.figures(&continuing),
                Extreme::Fewest,
                Purpose::Exclude,
            ) {
                let action = Action::Excluded {
                    candidate: desk.label(lowest),
                    votes: Votes::hundred_thousandths(piles.total(lowest)),
                };
                desk.exclude(lowest);
                (action, piles.exclude(lowest, &desk))
            } else {
                break;
            };
        desk.close(piles.closing(action, shown, transfers));
    }
    desk.finish(Some(shown), None, None)
}

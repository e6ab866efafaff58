//! Words of `soundings count` about the published ballots of a poll.

use std::fmt::Write;

use domain::poll::count::CountRefused;
use domain::poll::list::{BallotList, ListRefused};
use domain::vote::tally::Tally;

/// A rule is missing.
pub const NO_RULE: &str = "Say which rule to count by: --rule, such as --rule mes-add1.";
/// Options for polls, with another file.
pub const ONLY_FOR_POLLS: &str = "--all and --find go with the .json file of a poll only.";
/// Points are only added.
pub const POINTS_HAVE_ONE_RULE: &str =
    "The points of this poll are added up; there is no other rule for them.";
/// No ballot of the list was cast with this code.
pub const POLL_NOT_FOUND: &str = "No ballot in the list was cast with this voting code.\n";

/// The file is no list of ballots.
pub fn poll_file(why: &str) -> String {
    format!("The file is not a published list of ballots: {why}.")
}

/// The list is not whole in itself.
pub fn poll_list(refused: ListRefused) -> String {
    match refused {
        ListRefused::Format => {
            "The file is not a kind of ballot list that this program knows.".to_owned()
        }
        ListRefused::Seed => {
            "The seed in the file is not the one whose SHA-256 was shown before voting.".to_owned()
        }
        ListRefused::Order { place } => {
            format!("Ballot {place} is out of order, or is there twice.")
        }
    }
}

/// The list can't be counted.
pub fn poll_count(refused: &CountRefused) -> String {
    match refused {
        CountRefused::Ballot { place } => {
            format!("Ballot {place} is not within the rules of the poll.")
        }
        CountRefused::NoBallots => "No ballot has a mark on it.".to_owned(),
        CountRefused::Poll => "The options, places and rule do not make a poll.".to_owned(),
    }
}

/// How many ballots there are.
pub fn poll_ballots(ballots: usize, aside: usize, counted: bool) -> String {
    let aside = match (aside, counted) {
        (0, _) => String::new(),
        (n, false) => format!(", of which {n} set aside and not counted (--all counts them)"),
        (n, true) => format!(", of which {n} set aside, counted here"),
    };
    format!(
        "The seed is the one promised. Every ballot is within the rules.\nBallots {ballots}{aside}\n"
    )
}

/// A voter's own ballot.
pub fn poll_found(line: usize, of: usize, choices: &str, aside: bool) -> String {
    let says = if choices.is_empty() { "blank" } else { choices };
    let aside = if aside { " (set aside)" } else { "" };
    format!("The ballot of this voting code is line {line} of {of}: {says}{aside}\n")
}

/// Points added up.
pub fn poll_points(tally: &Tally) -> String {
    let mut out = format!(
        "Seats {}, ballots {}, blank {}\n\n",
        tally.seats, tally.ballots, tally.blank
    );
    for line in &tally.totals {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{:>8}  {:>8}  {}",
            line.points, line.voters, line.option
        );
    }
    let _ = writeln!(out, "\nElected: {}", tally.elected.join(", "));
    out
}

/// Which projects the numbers are.
pub fn poll_projects(list: &BallotList) -> String {
    list.options
        .iter()
        .map(|one| format!("{:>4}  {}\n", one.position, one.name))
        .collect()
}

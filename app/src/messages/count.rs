//! Words of `soundings count`: what is wrong with a file of ballots, and where.
//!
//! One sentence each, to be read in a terminal. Lines are counted from 1, as editors do.

pub use super::count_poll::*;

use domain::vote::budget::pabulib::{Note, PbReason, PbRefusal, Section};
use domain::vote::budget::{BallotRefusal, BudgetRefusal};
use domain::vote::ranked::Refused;
use domain::vote::ranked::read::{ReadError, Reason};

/// Why a `.pb` file is refused.
pub fn budget_file(refusal: &PbRefusal) -> String {
    format!("Line {}: {}.", refusal.line, budget_reason(&refusal.reason))
}

/// A spreadsheet's “Unicode text”.
const UTF_16: &str = "the file is in UTF-16. Save it as UTF-8";

fn budget_reason(reason: &PbReason) -> String {
    match reason {
        PbReason::NotUtf8 => "the file is not UTF-8 text".to_owned(),
        PbReason::Utf16 => UTF_16.to_owned(),
        PbReason::Empty => "the file is empty".to_owned(),
        PbReason::NoSection => "the file does not begin with a section, such as META".to_owned(),
        PbReason::SectionMissing { section } => {
            format!("the section {} is missing", name(*section))
        }
        PbReason::SectionOrder { section } => format!(
            "the section {} is there twice, or not in the order META, PROJECTS, VOTES",
            name(*section)
        ),
        PbReason::ColumnMissing { column } => format!("there is no column “{column}”"),
        PbReason::FieldMissing { column } => {
            format!("there is nothing in the column “{column}”")
        }
        PbReason::MetaMissing { key } => format!("META does not say “{key}”"),
        PbReason::BadNumber { field, value } => {
            format!("“{value}” in “{field}” is not a number, or is out of range")
        }
        PbReason::Ambiguous { field, value } => format!(
            "“{value}” in “{field}” may be thousands or decimals. Write the digits without a \
             separator, and two decimals if there are any"
        ),
        PbReason::MetaTwice { key, first } => {
            format!("META says “{key}” again, and not the same as in line {first}")
        }
        PbReason::VoteType { value } => format!("“{value}” is not a vote type"),
        PbReason::PointsMismatch { projects, points } => {
            format!("the ballot names {projects} projects, but has points for {points}")
        }
        PbReason::CountMismatch {
            key,
            declared,
            found,
        } => format!("META says “{key}” is {declared}, but there are {found}"),
        PbReason::OpenQuote => {
            "a quotation mark opens here and is not closed where its field ends".to_owned()
        }
        PbReason::Project(refusal) => budget(refusal),
        PbReason::Ballot(refusal) => ballot(refusal),
    }
}

fn name(section: Section) -> &'static str {
    match section {
        Section::Meta => "META",
        Section::Projects => "PROJECTS",
        Section::Votes => "VOTES",
    }
}

fn budget(refusal: &BudgetRefusal) -> String {
    match refusal {
        BudgetRefusal::IdTwice { id } => format!("there are two projects “{id}”"),
        BudgetRefusal::IdUnfit { id } => format!("“{id}” can’t be the id of a project"),
        BudgetRefusal::TooManyProjects => "there are too many projects".to_owned(),
    }
}

fn ballot(refusal: &BallotRefusal) -> String {
    match refusal {
        BallotRefusal::UnknownProject { id } => {
            format!("the ballot names “{id}”, which is not a project")
        }
        BallotRefusal::Twice { id } => format!("the ballot names “{id}” twice"),
        BallotRefusal::OverBudget { limit, .. } => {
            format!("the ballot costs more than {limit}")
        }
        BallotRefusal::TooMany { given, most } => {
            format!("the ballot names {given} projects, but may name {most}")
        }
        BallotRefusal::PointsOutside {
            id,
            points,
            lowest,
            highest,
        } => format!(
            "the ballot gives “{id}” {points} points, but may give from {lowest} to {highest}"
        ),
        BallotRefusal::OverPoints { given, most } => {
            format!("the ballot gives {given} points, but may give {most}")
        }
    }
}

/// Something odd in a `.pb` file that was counted all the same.
pub fn budget_note(note: &Note) -> String {
    match note {
        Note::VoterTwice { line } => format!(
            "Note, line {line}: a voter’s id is on more than one line. Each line is counted."
        ),
        Note::Short { line, given } => format!(
            "Note, line {line}: the ballot names {given}, fewer than the file asks for. It is \
             counted."
        ),
        Note::OverPoints { line } => format!(
            "Note, line {line}: the ballot gives more points than the file allows. It is counted \
             as it stands."
        ),
        Note::VotesColumn {
            project,
            told,
            counted,
        } => format!(
            "Note: the file says {told} voted for “{project}”, but {counted} of its ballots do. \
             The ballots are counted."
        ),
    }
}

/// Why a file of ranked ballots is refused.
pub fn ranked_file(refusal: &ReadError) -> String {
    format!("Line {}: {}.", refusal.line, ranked_reason(refusal.reason))
}

fn ranked_reason(reason: Reason) -> String {
    let fixed = match reason {
        Reason::NumberAsName { ended } => {
            return format!(
                "there is a number where a name should be, because the 0 in line {ended} ended the \
                 ballots. A ballot without a preference is written as how many there are, then 0"
            );
        }
        Reason::Utf16 => UTF_16,
        Reason::OpenMark => "a quotation mark opens here and is not closed where its cell ends",
        Reason::BareName => {
            "a name must be between quotation marks, or all must be one word on a line of their own"
        }
        Reason::TooManyNames => {
            "there are more texts than a name for each candidate and a title: compare them with \
             the number of candidates in the first line"
        }
        Reason::UnknownKind => "the file’s name must end in .blt or .csv",
        Reason::NotText => "the file is not UTF-8 text",
        Reason::Empty => "there are no ballots",
        Reason::BadHeader => "the file must begin with the numbers of candidates and seats",
        Reason::NoCandidates => "there are no candidates",
        Reason::TooManyCandidates => "there are too many candidates",
        Reason::NoSeats => "there are no seats to fill",
        Reason::MoreSeatsThanCandidates => "there are more seats than candidates",
        Reason::WithdrawnUnknown => "the candidate withdrawn is not one of those numbered",
        Reason::BadCount => "a ballot must begin with how many there are of it, 1 or more",
        Reason::BadPreference => "a preference is not the number of a candidate",
        Reason::RankedTwice => "a ballot ranks the same candidate twice",
        Reason::EqualRanking => "a ballot ranks two candidates equally, which no rule here counts",
        Reason::BallotNotClosed => "the ballot does not end with 0",
        Reason::BallotsNotClosed => "the ballots are not followed by a line with 0 alone",
        Reason::TooManyBallots => "there are too many ballots",
        Reason::BadName => "a name is not between quotation marks, or not in its place",
        Reason::MissingName => "there must be one name for each candidate, and a title after them",
        Reason::TrailingText => "there is something after the end",
    };
    fixed.to_owned()
}

/// Why ballots that were read can't be counted.
pub fn ranked(refused: Refused) -> String {
    let reason = match refused {
        Refused::NoCandidates => "every candidate withdrew",
        Refused::NoBallots => "no ballot ranks a candidate who is still standing",
        Refused::TooManyCandidates => "there are too many candidates",
        Refused::NoSeats => "there are no seats to fill",
        Refused::MoreSeatsThanCandidates => "there are more seats than candidates",
        Refused::TooManyBallots => "there are too many ballots",
        Refused::Ballot { .. } => "a ballot is not valid",
    };
    format!("The ballots can’t be counted: {reason}.")
}

/// No rule has this name.
pub fn no_such_rule(given: &str, budgets: &[String], ranked: &[&str]) -> String {
    format!(
        "There is no rule “{given}”. For budgets (.pb): {}. For ranked ballots (.blt, .csv): {}.",
        budgets.join(", "),
        ranked.join(", ")
    )
}

/// A rule for ranked ballots with a file of a budget.
pub fn rule_is_for_ranked(rule: &str, budgets: &[String]) -> String {
    format!(
        "The rule “{rule}” counts ranked ballots (.blt, .csv). For a .pb file choose one of {}.",
        budgets.join(", ")
    )
}

/// A rule for budgets with a file of ranked ballots.
pub fn rule_is_for_budgets(rule: &str, ranked: &[&str]) -> String {
    format!(
        "The rule “{rule}” counts budgets (.pb). For a .blt or .csv file choose one of {}.",
        ranked.join(", ")
    )
}

/// The ending of the file's name is none that is known.
pub fn unknown_ending(file: &str) -> String {
    format!("“{file}” can’t be counted: its name must end in .pb, .blt, .csv or .json.")
}

/// The file can't be read at all.
pub fn unreadable(file: &str, error: &std::io::Error) -> String {
    format!("“{file}” can’t be read: {error}.")
}

/// The file is larger than is counted.
pub fn too_large(file: &str, mebibytes: u64) -> String {
    format!("“{file}” is larger than {mebibytes} MiB.")
}

//! Words for a file that can't be read: text, tables, conversations, places.
//!
//! Half a sentence each, without a full stop, so that a page and a terminal can both use it.

use domain::council::tables::{PlacesFault, PlacesRefused};
use domain::table::{TableFault, TableRefused};
use domain::text::{Encoding, NotText};
use domain::vote::opinion::read::{ReadError, Reason, Source};

/// Bytes that are not UTF-8.
pub fn not_text(refused: NotText) -> String {
    match refused.found {
        Encoding::Utf16 => {
            "the file is in UTF-16, which spreadsheets call “Unicode text”. Save it \
                            as CSV (UTF-8) with commas"
                .to_owned()
        }
        Encoding::Other => format!(
            "line {}: there is a letter that is not UTF-8. Save the file as CSV (UTF-8) with commas",
            refused.line
        ),
    }
}

/// A table that can't be read, with the line.
pub fn table(refused: TableRefused) -> String {
    format!("line {}: {}", refused.line, table_fault(refused.fault))
}

fn table_fault(fault: TableFault) -> String {
    match fault {
        TableFault::Empty => "there is nothing in the file".to_owned(),
        TableFault::Separator(found) => format!(
            "the columns are separated by {}. Save the file as CSV with commas",
            separator(found)
        ),
        TableFault::NoColumn(name) => format!("it must name a column “{name}”"),
        TableFault::ColumnTwice(name) => {
            format!("there is more than one column for “{name}”. Keep one of them")
        }
        TableFault::OpenMark => {
            "a quotation mark opens here and is not closed where its cell ends".to_owned()
        }
        TableFault::MarkInside => {
            "there is a quotation mark in a cell that does not begin with one".to_owned()
        }
        TableFault::Cells { have, need } => {
            format!("there are {have} cells, and the first line names {need} columns")
        }
    }
}

fn separator(found: char) -> &'static str {
    match found {
        ';' => "semicolons",
        '\t' => "tabs",
        _ => "vertical bars",
    }
}

/// A table of places that can't be read, with the line.
pub fn places(refused: &PlacesRefused) -> String {
    let why = match &refused.fault {
        PlacesFault::Table(fault) => table_fault(*fault),
        PlacesFault::NoHead => "the first line must name the columns".to_owned(),
        PlacesFault::FewColumns(need) => {
            format!("there must be {need} columns or more, separated by commas")
        }
        PlacesFault::Column(place) => {
            format!("column {place} has no name, or the same name as another")
        }
        PlacesFault::NoCode => "the code of the area is missing".to_owned(),
        PlacesFault::NotAPostcode(cell) => format!("“{cell}” is not a postcode"),
        PlacesFault::NotACount { cell, column } => {
            format!("“{cell}” under “{column}” is not a whole number of people")
        }
        PlacesFault::Twice { what, first } => {
            format!("{what} is in line {first} already, with something else")
        }
    };
    format!("line {}: {why}", refused.line)
}

/// With a capital letter, to begin a sentence.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A conversation that can't be read, with its file and the line. `json` where its files are JSON.
pub fn conversation(error: &ReadError, json: bool) -> String {
    let file = match (error.source_file, json) {
        (Source::Votes, false) => "participants-votes.csv",
        (Source::Votes, true) => "votes.json",
        (Source::Comments, false) => "comments.csv",
        (Source::Comments, true) => "comments.json",
        (Source::Summary, _) => "summary.csv",
    };
    format!(
        "{file}, line {}: {}",
        error.line,
        conversation_reason(error.reason)
    )
}

fn conversation_reason(reason: Reason) -> String {
    match reason {
        Reason::Empty => "there is nothing in the file".to_owned(),
        Reason::Table(fault) => table_fault(fault),
        Reason::NoStatements => "no column is a statement’s number".to_owned(),
        Reason::StatementTwice { statement, first } => {
            format!("statement {statement} is in line {first} already")
        }
        Reason::RecordTwice {
            statement,
            first,
            again,
        } => format!("record {again} is statement {statement}, and so is record {first}"),
        Reason::ParticipantTwice { person, first } => {
            format!("participant {person} is in line {first} already")
        }
        Reason::NotANumber(name) => format!("“{name}” is not a whole number"),
        Reason::NotAVote => "a vote is not 1, -1, 0 or empty".to_owned(),
        Reason::NotAModeration => "“moderated” is not 1, -1, 0 or empty".to_owned(),
        Reason::NotAFlag(name) => format!("“{name}” is neither true nor false"),
        Reason::NotAMoment => {
            "“timestamp” is neither seconds nor milliseconds since 1970".to_owned()
        }
        Reason::NotJson => "it is not JSON".to_owned(),
        Reason::NotTheRecord => "it is not a list of such records".to_owned(),
    }
}

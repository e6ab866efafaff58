//! `participants-votes.csv`: a row a participant, a column a statement, the latest vote in the cell.

use std::collections::{BTreeMap, BTreeSet};

use super::comments::comments;
use super::{Conversation, ReadError, Reason, Source};
use crate::table::Table;
use crate::text::plain;
use crate::vote::opinion::matrix::{About, Cast, Moderation, Person, Statement, VoteMatrix};

/// The columns before the statements that are needed.
const PARTICIPANT: &str = "participant";
const GROUP: &str = "group-id";

/// What is known of a statement that has votes and is not in `comments.csv`: nobody can read it.
const GONE: About = About {
    moderation: Moderation::Rejected,
    meta: false,
};

/// Reads the two files of a conversation of the Polis open data. Without comments every statement
/// counts as not moderated; with them, one that they lack counts as taken out.
///
/// # Errors
/// [`ReadError`] with the file, the line and the reason.
pub fn open_data(votes: &str, comments_csv: Option<&str>) -> Result<Conversation, ReadError> {
    let known = comments_csv.map(comments).transpose()?;
    let text = plain(votes);
    let at = |refused| ReadError::table(Source::Votes, refused);
    let mut table = Table::open(&text).map_err(at)?;
    let participant = table
        .need(PARTICIPANT, |head| head == PARTICIPANT)
        .map_err(at)?;
    let group = table.may_have(GROUP, |head| head == GROUP).map_err(at)?;
    let columns = columns(&table)?;
    let mut casts = Vec::new();
    let mut people: BTreeMap<Person, usize> = BTreeMap::new();
    let mut published = BTreeMap::new();
    while let Some(row) = table.next_row() {
        let row = row.map_err(at)?;
        let line = row.line;
        let wrong = |reason| ReadError::new(Source::Votes, line, reason);
        let number = |column: usize, name| {
            let cell = row.cell(column);
            cell.parse::<i64>()
                .map_err(|_| wrong(Reason::NotANumber(name)))
        };
        let person = number(participant, PARTICIPANT)?;
        if let Some(first) = people.insert(person, line) {
            return Err(wrong(Reason::ParticipantTwice { person, first }));
        }
        if let Some(group) = group.filter(|group| !row.cell(*group).is_empty()) {
            published.insert(person, number(group, GROUP)?);
        }
        for (cell, statement) in row.cells().zip(&columns) {
            let Some(statement) = *statement else {
                continue;
            };
            let value = match cell {
                "" => continue,
                "1" => 1,
                "0" => 0,
                "-1" => -1,
                _ => return Err(wrong(Reason::NotAVote)),
            };
            casts.push(Cast {
                person,
                statement,
                value,
            });
        }
    }
    let about = |id: &Statement| {
        let comments = known.as_ref()?;
        Some(comments.get(id).map_or(GONE, |one| one.about))
    };
    let statements = columns.iter().flatten().map(|id| (*id, about(id)));
    let matrix = VoteMatrix::from_votes(casts)
        .with_people(people.into_keys())
        .with_statements(statements);
    let comments = known.unwrap_or_default();
    Ok(Conversation {
        matrix,
        texts: comments
            .iter()
            .map(|(id, one)| (*id, one.text.clone()))
            .collect(),
        comments,
        published,
    })
}

/// The statement of each column, if it is one.
fn columns(table: &Table<'_>) -> Result<Vec<Option<Statement>>, ReadError> {
    let wrong = |reason| ReadError::new(Source::Votes, table.line(), reason);
    let columns: Vec<Option<Statement>> =
        table.head().iter().map(|head| head.parse().ok()).collect();
    let mut found = BTreeSet::new();
    for statement in columns.iter().flatten().copied() {
        if !found.insert(statement) {
            let first = table.line();
            return Err(wrong(Reason::StatementTwice { statement, first }));
        }
    }
    if found.is_empty() {
        return Err(wrong(Reason::NoStatements));
    }
    Ok(columns)
}

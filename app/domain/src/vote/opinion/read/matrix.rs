//! `participants-votes.csv`: a row a participant, a column a statement, the latest vote in the cell.

use std::collections::{BTreeMap, BTreeSet};

use super::comments::comments;
use super::csv::Rows;
use super::{Conversation, ReadError, Reason};
use crate::vote::opinion::matrix::{Cast, Person, Statement, VoteMatrix};

/// The columns before the statements that are needed.
const PARTICIPANT: &str = "participant";
const GROUP: &str = "group-id";

/// Reads the two files of a conversation of the Polis open data. Without comments every statement
/// counts as not moderated.
///
/// # Errors
/// [`ReadError`] with the file, the line and the reason.
pub fn open_data(votes: &str, comments_csv: Option<&str>) -> Result<Conversation, ReadError> {
    let known = comments_csv.map(comments).transpose()?.unwrap_or_default();
    let mut rows = Rows::new(votes);
    let mut fields = Vec::new();
    let line = rows
        .next_into(&mut fields)
        .unwrap_or(Err((1, Reason::Empty)))
        .map_err(at)?;
    let position = |name: &'static str| fields.iter().position(|field| field.trim() == name);
    let participant =
        position(PARTICIPANT).ok_or(ReadError::votes(line, Reason::NoColumn(PARTICIPANT)))?;
    let group = position(GROUP);
    // The statement of each column, if it is one.
    let columns: Vec<Option<Statement>> = fields
        .iter()
        .map(|field| field.trim().parse().ok())
        .collect();
    let statements: BTreeSet<Statement> = columns.iter().flatten().copied().collect();
    if statements.is_empty() {
        return Err(ReadError::votes(line, Reason::NoStatements));
    }
    if statements.len() != columns.iter().flatten().count() {
        return Err(ReadError::votes(line, Reason::StatementTwice));
    }
    let need = fields.len();
    let mut casts = Vec::new();
    let mut people: BTreeSet<Person> = BTreeSet::new();
    let mut published = BTreeMap::new();
    while let Some(row) = rows.next_into(&mut fields) {
        let line = row.map_err(at)?;
        let wrong = |reason| ReadError::votes(line, reason);
        if fields.len() != need {
            let have = fields.len();
            return Err(wrong(Reason::Fields { have, need }));
        }
        let number = |field: &str| field.parse::<i64>().map_err(|_| wrong(Reason::NotANumber));
        let field = |place: usize| fields.get(place).map_or("", |field| field.trim());
        let person = number(field(participant))?;
        if !people.insert(person) {
            return Err(wrong(Reason::ParticipantTwice));
        }
        if let Some(group) = group.map(field).filter(|group| !group.is_empty()) {
            published.insert(person, number(group)?);
        }
        for (field, statement) in fields.iter().zip(&columns) {
            let Some(statement) = *statement else {
                continue;
            };
            let value = match field.trim() {
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
    let matrix = VoteMatrix::from_votes(casts)
        .with_people(people)
        .with_statements(
            statements
                .into_iter()
                .map(|id| (id, known.get(&id).map(|(about, _)| *about))),
        );
    Ok(Conversation {
        matrix,
        texts: known
            .into_iter()
            .map(|(id, (_, text))| (id, text))
            .collect(),
        published,
    })
}

fn at((line, reason): (usize, Reason)) -> ReadError {
    ReadError::votes(line, reason)
}

//! `comments.csv`: the statements, their words and whether a moderator let them stand.

use std::collections::BTreeMap;

use super::csv::Rows;
use super::{ReadError, Reason};
use crate::vote::opinion::matrix::{About, Moderation, Statement};

/// The statements of the file.
pub(super) fn comments(text: &str) -> Result<BTreeMap<Statement, (About, String)>, ReadError> {
    let mut rows = Rows::new(text);
    let mut fields = Vec::new();
    let line = rows
        .next_into(&mut fields)
        .unwrap_or(Err((1, Reason::Empty)))
        .map_err(at)?;
    let find = |name: &'static str| {
        fields
            .iter()
            .position(|field| field.trim() == name)
            .ok_or(ReadError::comments(line, Reason::NoColumn(name)))
    };
    let (id, moderated) = (find("comment-id")?, find("moderated")?);
    let (body, meta) = (find("comment-body").ok(), find("is-meta").ok());
    let need = fields.len();
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next_into(&mut fields) {
        let line = row.map_err(at)?;
        let wrong = |reason| ReadError::comments(line, reason);
        if fields.len() != need {
            let have = fields.len();
            return Err(wrong(Reason::Fields { have, need }));
        }
        let field = |place: usize| fields.get(place).map_or("", |field| field.trim());
        let statement: Statement = field(id).parse().map_err(|_| wrong(Reason::NotANumber))?;
        let moderation = match field(moderated) {
            "1" => Moderation::Accepted,
            "0" | "" => Moderation::Unmoderated,
            "-1" => Moderation::Rejected,
            _ => return Err(wrong(Reason::NotAModeration)),
        };
        let about = About {
            moderation,
            meta: meta.is_some_and(|place| matches!(field(place), "true" | "True" | "1")),
        };
        let text = body.map_or("", field).to_owned();
        if found.insert(statement, (about, text)).is_some() {
            return Err(wrong(Reason::StatementTwice));
        }
    }
    Ok(found)
}

fn at((line, reason): (usize, Reason)) -> ReadError {
    ReadError::comments(line, reason)
}

//! `comments.csv`: the statements, their words, who wrote them when, and what became of them.

use std::collections::BTreeMap;

use super::{ReadError, Reason, Source};
use crate::table::Table;
use crate::text::plain;
use crate::vote::opinion::matrix::{About, Moderation, Statement};

/// A statement as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its line in the file.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// What became of it, and whether it is about the voter.
    pub about: About,
    /// When it was made, in milliseconds, where that is known.
    pub at: Option<i64>,
    /// Whether whoever held the conversation wrote it.
    pub by_owner: bool,
}

/// 1 January 2000, in seconds. No conversation is older, so that a smaller number is no moment.
const FIRST_SECOND: i64 = 946_684_800;
/// 1 January 2100, in seconds. Larger numbers are milliseconds.
const LAST_SECOND: i64 = 4_102_444_800;

/// The statements of the file. Of the words that are not in quotation marks, as an old export writes
/// them, the commas are theirs: they stand in the last column.
pub(super) fn comments(text: &str) -> Result<BTreeMap<Statement, Comment>, ReadError> {
    let text = plain(text);
    let at = |refused| ReadError::table(Source::Comments, refused);
    let mut table = Table::open(&text).map_err(at)?;
    let need = |name: &'static str| table.need(name, |head| head == name).map_err(at);
    let may_have = |name: &'static str| table.may_have(name, |head| head == name).map_err(at);
    let (id, moderated, body) = (
        need("comment-id")?,
        need("moderated")?,
        need("comment-body")?,
    );
    let (meta, made, author) = (
        may_have("is-meta")?,
        may_have("timestamp")?,
        may_have("author-id")?,
    );
    table.text_column(body);
    let mut found: BTreeMap<Statement, Comment> = BTreeMap::new();
    while let Some(row) = table.next_row() {
        let row = row.map_err(at)?;
        let line = row.line;
        let wrong = |reason| ReadError::new(Source::Comments, line, reason);
        let cell = |column: Option<usize>| column.map_or("", |column| row.cell(column));
        let statement: Statement = row
            .cell(id)
            .parse()
            .map_err(|_| wrong(Reason::NotANumber("comment-id")))?;
        if let Some(first) = found.get(&statement).map(|one| one.line) {
            return Err(wrong(Reason::StatementTwice { statement, first }));
        }
        let comment = Comment {
            line,
            text: row.cell(body).to_owned(),
            about: About {
                moderation: moderation(row.cell(moderated)).ok_or(wrong(Reason::NotAModeration))?,
                meta: flag(cell(meta)).ok_or(wrong(Reason::NotAFlag("is-meta")))?,
            },
            at: moment(cell(made)).ok_or(wrong(Reason::NotAMoment))?,
            by_owner: cell(author) == "0",
        };
        found.insert(statement, comment);
    }
    Ok(found)
}

fn moderation(cell: &str) -> Option<Moderation> {
    match cell {
        "1" => Some(Moderation::Accepted),
        "0" | "" => Some(Moderation::Unmoderated),
        "-1" => Some(Moderation::Rejected),
        _ => None,
    }
}

fn flag(cell: &str) -> Option<bool> {
    match cell.to_ascii_lowercase().as_str() {
        "true" | "t" | "1" => Some(true),
        "false" | "f" | "0" | "" => Some(false),
        _ => None,
    }
}

/// Seconds or milliseconds, as the two exports have them; nothing where it is empty or before 2000.
fn moment(cell: &str) -> Option<Option<i64>> {
    if cell.is_empty() {
        return Some(None);
    }
    let number: i64 = cell.parse().ok()?;
    match number {
        ..FIRST_SECOND => Some(None),
        FIRST_SECOND..LAST_SECOND => Some(Some(number * 1_000)),
        _ if number < LAST_SECOND * 1_000 => Some(Some(number)),
        _ => None,
    }
}

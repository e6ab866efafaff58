//! `votes.json` and `comments.json` as the Polis server keeps them, in both of its spellings.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::de::{DeserializeOwned, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Conversation, ReadError, Reason, Source};
use crate::text::plain;
use crate::vote::opinion::matrix::{About, Cast, Moderation, Statement, VoteMatrix};

/// What sets errors of single values apart from those of records.
const NOT_A_VOTE: &str = "not a vote";
const NOT_A_MODERATION: &str = "not a moderation";
const NOT_A_NUMBER: &str = "not a number";
const TWICE: &str = "statement twice: ";

#[derive(Deserialize)]
struct VoteRow {
    #[serde(alias = "pid")]
    participant_id: i64,
    #[serde(alias = "tid")]
    statement_id: i64,
    #[serde(deserialize_with = "vote")]
    vote: i8,
    #[serde(default, deserialize_with = "moment")]
    modified: f64,
}

#[derive(Deserialize)]
struct CommentRow {
    #[serde(alias = "tid")]
    statement_id: i64,
    #[serde(default)]
    txt: String,
    #[serde(alias = "mod", deserialize_with = "moderation")]
    moderated: Moderation,
    #[serde(default)]
    is_meta: bool,
}

/// Reads the two files of a conversation as the server keeps it. Of several votes of one person on
/// one statement the latest counts, and of equals the last in the file.
///
/// # Errors
/// [`ReadError`] with the file, the line and the reason.
pub fn server_json(votes: &str, comments: &str) -> Result<Conversation, ReadError> {
    let Once(comments) = of_json(comments, Source::Comments)?;
    let mut votes: Vec<VoteRow> = of_json(votes, Source::Votes)?;
    let mut texts = BTreeMap::new();
    let mut about = BTreeMap::new();
    for comment in comments {
        let moderation = comment.moderated;
        about.insert(
            comment.statement_id,
            About {
                moderation,
                meta: comment.is_meta,
            },
        );
        texts.insert(comment.statement_id, comment.txt);
    }
    votes.sort_by(|a, b| a.modified.total_cmp(&b.modified));
    let matrix = VoteMatrix::from_votes(votes.into_iter().map(|row| Cast {
        person: row.participant_id,
        statement: row.statement_id,
        value: row.vote,
    }));
    let known: Vec<_> = matrix
        .statements()
        .iter()
        .map(|id| (*id, about.get(id).copied()))
        .collect();
    Ok(Conversation {
        matrix: matrix.with_statements(known),
        texts,
        comments: BTreeMap::new(),
        published: BTreeMap::new(),
    })
}

/// Statements, each there once.
struct Once(Vec<CommentRow>);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(EachOnce)
    }
}

struct EachOnce;

impl<'de> Visitor<'de> for EachOnce {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of statements")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Once, A::Error> {
        let mut rows: Vec<CommentRow> = Vec::new();
        let mut seen: HashMap<Statement, usize> = HashMap::new();
        while let Some(row) = from.next_element::<CommentRow>()? {
            let again = rows.len() + 1;
            if let Some(first) = seen.insert(row.statement_id, again) {
                let statement = row.statement_id;
                return Err(A::Error::custom(format!(
                    "{TWICE}{statement} {first} {again} "
                )));
            }
            rows.push(row);
        }
        Ok(Once(rows))
    }
}

/// The reason that [`EachOnce`] gave, read back.
fn twice(said: &str) -> Option<Reason> {
    let mut numbers = said.strip_prefix(TWICE)?.split(' ');
    Some(Reason::RecordTwice {
        statement: numbers.next()?.parse().ok()?,
        first: numbers.next()?.parse().ok()?,
        again: numbers.next()?.parse().ok()?,
    })
}

fn of_json<T: DeserializeOwned>(text: &str, source_file: Source) -> Result<T, ReadError> {
    let text = plain(text);
    let wrong = |line: usize, reason| ReadError::new(source_file, line.max(1), reason);
    if text.trim().is_empty() {
        return Err(wrong(1, Reason::Empty));
    }
    serde_json::from_str(&text).map_err(|error| {
        let said = error.to_string();
        let reason = if !error.is_data() {
            Reason::NotJson
        } else if let Some(twice) = twice(&said) {
            twice
        } else if said.starts_with(NOT_A_VOTE) {
            Reason::NotAVote
        } else if said.starts_with(NOT_A_MODERATION) {
            Reason::NotAModeration
        } else if said.starts_with(NOT_A_NUMBER) {
            Reason::NotANumber("modified")
        } else {
            Reason::NotTheRecord
        };
        wrong(error.line(), reason)
    })
}

fn vote<'de, D: Deserializer<'de>>(from: D) -> Result<i8, D::Error> {
    match f64::deserialize(from)? {
        1.0 => Ok(1),
        0.0 => Ok(0),
        -1.0 => Ok(-1),
        _ => Err(D::Error::custom(NOT_A_VOTE)),
    }
}

fn moderation<'de, D: Deserializer<'de>>(from: D) -> Result<Moderation, D::Error> {
    match Option::<f64>::deserialize(from)? {
        Some(1.0) => Ok(Moderation::Accepted),
        Some(0.0) | None => Ok(Moderation::Unmoderated),
        Some(-1.0) => Ok(Moderation::Rejected),
        _ => Err(D::Error::custom(NOT_A_MODERATION)),
    }
}

/// Milliseconds, as a number or as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Moment {
    Number(f64),
    Text(String),
    None(()),
}

fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    match Moment::deserialize(from)? {
        Moment::Number(at) => Ok(at),
        Moment::Text(at) => at.parse().map_err(|_| D::Error::custom(NOT_A_NUMBER)),
        Moment::None(()) => Ok(0.0),
    }
}

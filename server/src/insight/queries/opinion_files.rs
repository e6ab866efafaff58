//! The public votes as files for anybody to count again, in the shape of Polis' exports.
//!
//! Invariant: no name and no time finer than a day; only statements that are approved.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use bytes::Bytes;
use domain::calendar::uk_day;
use domain::response::cell::guard;
use domain::vote::opinion::Settings;
use domain::vote::statement::Vote;
use futures::stream::{self, Stream, StreamExt};
use sea_orm::{DatabaseConnection, DbErr};

use super::opinion::PublicVotes;
use crate::vote::queries::matrix;
use crate::vote::rows::moderation;

/// People whose votes are read at once.
const PEOPLE_AT_ONCE: usize = 500;

fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> Result<String, DbErr> {
    let failed = |error: String| DbErr::Custom(error);
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(&row)
            .map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

/// What the analysis here was made with, so that it can be made again the same way.
///
/// # Errors
/// What can't be written.
pub fn summary(votes: &PublicVotes) -> Result<String, DbErr> {
    let line = |name: &str, value: String| vec![name.to_owned(), value];
    csv([
        line("topic", guard(&votes.title).into_owned()),
        line("voters", votes.people.len().to_string()),
        line(
            "smallest-group",
            Settings::public().smallest_group.to_string(),
        ),
    ])
}

/// Every approved statement with its counts.
pub async fn comments(db: &DatabaseConnection, votes: &PublicVotes) -> Result<String, DbErr> {
    let head = [
        "timestamp",
        "datetime",
        "comment-id",
        "author-id",
        "agrees",
        "disagrees",
        "moderated",
        "is-meta",
        "comment-body",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let metas = matrix::metas(db, votes.id).await?;
    // Of the same voters as the other file: whose votes are set aside are in neither.
    let counts = matrix::counts(db, votes.id).await?;
    for statement in moderation::public(db, votes.id).await? {
        // An author is the owner (0) or nobody in particular.
        let author = if statement.from_the_start { "0" } else { "" };
        let counted = |vote: Vote| {
            let key = (statement.id.0, vote.value());
            counts.get(&key).copied().unwrap_or_default()
        };
        rows.push(vec![
            String::new(),
            uk_day(statement.made).to_string(),
            statement.id.to_string(),
            author.to_owned(),
            counted(Vote::Agree).to_string(),
            counted(Vote::Disagree).to_string(),
            "1".to_owned(),
            metas.contains(&statement.id.0).to_string(),
            guard(&statement.text).into_owned(),
        ]);
    }
    csv(rows)
}

/// A row a participant, read some people at a time while it is sent.
///
/// # Errors
/// What the database says before the first row.
pub async fn participants_votes(
    db: DatabaseConnection,
    votes: PublicVotes,
) -> Result<impl Stream<Item = Result<Bytes, DbErr>> + Send + 'static, DbErr> {
    let id = votes.id;
    let statements: Vec<i64> = matrix::texts(&db, id).await?.into_keys().collect();
    let mut head = "participant,n-votes,n-agree,n-disagree".to_owned();
    for statement in &statements {
        let _ = write!(head, ",{statement}");
    }
    head.push('\n');
    let numbered: Vec<(usize, i64)> = votes.people.into_iter().enumerate().collect();
    let parts: Vec<Vec<(usize, i64)>> =
        numbered.chunks(PEOPLE_AT_ONCE).map(<[_]>::to_vec).collect();
    let first = stream::iter([Ok::<_, DbErr>(Bytes::from(head))]);
    let rest = stream::try_unfold(parts.into_iter(), move |mut parts| {
        let (db, statements) = (db.clone(), statements.clone());
        async move {
            let Some(part) = parts.next() else {
                return Ok(None);
            };
            let voters: Vec<i64> = part.iter().map(|(_, voter)| *voter).collect();
            let cast = matrix::votes_of(&db, id, &voters).await?;
            Ok(Some((Bytes::from(rows(&part, &cast, &statements)), parts)))
        }
    });
    Ok(first.chain(rest))
}

fn rows(
    people: &[(usize, i64)],
    votes: &HashMap<i64, BTreeMap<i64, i32>>,
    statements: &[i64],
) -> String {
    let none = BTreeMap::new();
    let mut out = String::new();
    for (number, voter) in people {
        let cast = votes.get(voter).unwrap_or(&none);
        let many = |value: i32| cast.values().filter(|vote| **vote == value).count();
        let _ = write!(out, "{number},{},{},{}", cast.len(), many(1), many(-1));
        for statement in statements {
            match cast.get(statement) {
                Some(value) => {
                    let _ = write!(out, ",{value}");
                }
                None => out.push(','),
            }
        }
        out.push('\n');
    }
    out
}

//! The published files of a conversation, read into memory and checked line by line.

use std::path::Path;

use domain::vote::statement::Vote;

use super::refused::PolisRefused;
use crate::vote::rows::imported::{ImportedStatement, ImportedVoter, Moderated};

/// A conversation in memory.
#[derive(Debug, Default)]
pub(super) struct Conversation {
    pub(super) topic: String,
    pub(super) description: String,
    pub(super) comments: Vec<ImportedStatement>,
    /// The latest votes of each participant.
    pub(super) votes: Vec<ImportedVoter>,
}

/// The texts of a conversation's files.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The conversation's name, from which its key and its address are made.
    pub name: String,
    /// `summary.csv`, empty where it is missing.
    pub summary: String,
    /// `comments.csv`.
    pub comments: String,
    /// `participants-votes.csv`.
    pub votes: String,
}

impl Files {
    /// Reads a folder.
    ///
    /// # Errors
    /// The file that can't be read.
    pub fn of(folder: &Path) -> Result<Self, PolisRefused> {
        let text = |file: &str| {
            std::fs::read_to_string(folder.join(file)).map_err(|error| PolisRefused::File {
                file: file.to_owned(),
                why: error.to_string(),
            })
        };
        let name = folder
            .canonicalize()
            .unwrap_or_else(|_| folder.to_path_buf());
        let name = name.file_name().map(|n| n.to_string_lossy().into_owned());
        let summary = if folder.join("summary.csv").exists() {
            text("summary.csv")?
        } else {
            String::new()
        };
        Ok(Self {
            name: name.unwrap_or_default(),
            summary,
            comments: text("comments.csv")?,
            votes: text("participants-votes.csv")?,
        })
    }
}

impl Conversation {
    pub(super) fn counts(&self) -> [usize; 5] {
        let all = || self.votes.iter().flat_map(|one| &one.votes);
        let of = |which: Vote| all().filter(|(_, vote)| *vote == which).count();
        let (agrees, disagrees) = (of(Vote::Agree), of(Vote::Disagree));
        let passes = of(Vote::Pass);
        [
            self.votes.len(),
            self.comments.len(),
            agrees,
            disagrees,
            passes,
        ]
    }
}

/// Reads the files.
///
/// # Errors
/// The first line that is not what the format says.
pub(super) fn read(files: &Files) -> Result<Conversation, PolisRefused> {
    let mut conversation = Conversation::default();
    for row in rows("summary.csv", &files.summary) {
        let (_, row) = row?;
        match (row.get(0), row.get(1)) {
            (Some("topic"), Some(topic)) => conversation.topic = topic.to_owned(),
            (Some("conversation-description"), Some(text)) => {
                conversation.description = text.to_owned();
            }
            _ => {}
        }
    }
    read_comments(&files.comments, &mut conversation)?;
    read_votes(&files.votes, &mut conversation)?;
    Ok(conversation)
}

type Row = (u64, csv::StringRecord);

fn rows<'a>(
    file: &'static str,
    text: &'a str,
) -> impl Iterator<Item = Result<Row, PolisRefused>> + use<'a> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader.into_records().map(move |record| {
        let record = record.map_err(|error| PolisRefused::File {
            file: file.to_owned(),
            why: error.to_string(),
        })?;
        Ok((record.position().map_or(0, csv::Position::line), record))
    })
}

fn read_comments(text: &str, into: &mut Conversation) -> Result<(), PolisRefused> {
    const FILE: &str = "comments.csv";
    let mut rows = rows(FILE, text);
    let (line, header) = rows.next().ok_or(PolisRefused::Line {
        file: FILE,
        line: 1,
        why: "there is no header",
    })??;
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let missing = |why| PolisRefused::Line {
        file: FILE,
        line,
        why,
    };
    let id = column("comment-id").ok_or(missing("there is no column comment-id"))?;
    let body = column("comment-body").ok_or(missing("there is no column comment-body"))?;
    let moderated = column("moderated").ok_or(missing("there is no column moderated"))?;
    let (at, author) = (column("timestamp"), column("author-id"));
    for row in rows {
        let (line, row) = row?;
        let wrong = |why| PolisRefused::Line {
            file: FILE,
            line,
            why,
        };
        let number = |place: usize, why| {
            row.get(place)
                .and_then(|cell| cell.trim().parse::<i64>().ok())
                .ok_or(wrong(why))
        };
        into.comments.push(ImportedStatement {
            number: number(id, "comment-id is not a number")?,
            at: at
                .and_then(|at| row.get(at)?.trim().parse().ok())
                .unwrap_or(0),
            text: row
                .get(body)
                .ok_or(wrong("there is no comment-body"))?
                .trim()
                .to_owned(),
            moderated: match number(moderated, "moderated is not a number")? {
                1 => Moderated::Approved,
                0 => Moderated::Waiting,
                _ => Moderated::Rejected,
            },
            by_owner: author.and_then(|at| row.get(at)) == Some("0"),
        });
    }
    Ok(())
}

fn read_votes(text: &str, into: &mut Conversation) -> Result<(), PolisRefused> {
    const FILE: &str = "participants-votes.csv";
    let mut rows = rows(FILE, text);
    let (line, header) = rows.next().ok_or(PolisRefused::Line {
        file: FILE,
        line: 1,
        why: "there is no header",
    })??;
    let participant =
        header
            .iter()
            .position(|cell| cell == "participant")
            .ok_or(PolisRefused::Line {
                file: FILE,
                line,
                why: "there is no column participant",
            })?;
    let columns: Vec<(usize, i64)> = header
        .iter()
        .enumerate()
        .filter_map(|(place, cell)| Some((place, cell.trim().parse().ok()?)))
        .collect();
    for row in rows {
        let (line, row) = row?;
        let wrong = |why| PolisRefused::Line {
            file: FILE,
            line,
            why,
        };
        let who = row
            .get(participant)
            .ok_or(wrong("there is no participant"))?
            .to_owned();
        let mut votes = Vec::new();
        for (place, comment) in &columns {
            match row.get(*place).map_or("", str::trim) {
                "" => {}
                "1" => votes.push((*comment, Vote::Agree)),
                "-1" => votes.push((*comment, Vote::Disagree)),
                "0" => votes.push((*comment, Vote::Pass)),
                _ => return Err(wrong("a vote is not 1, -1, 0 or empty")),
            }
        }
        into.votes.push(ImportedVoter { who, votes });
    }
    Ok(())
}

//! The published files of a conversation as what is stored of it. The format is read by the one
//! reader there is (`domain::vote::opinion::read`), which `soundings opinion` uses too.

use domain::vote::opinion::Moderation;
use domain::vote::opinion::read::{self, Comment, ReadError, Summary};
use domain::vote::statement::Vote;

use crate::vote::rows::imported::{ImportedStatement, ImportedVoter, Moderated};

/// A conversation in memory.
#[derive(Debug, Default)]
pub(super) struct Conversation {
    pub(super) summary: Summary,
    pub(super) comments: Vec<ImportedStatement>,
    /// The latest votes of each participant.
    pub(super) votes: Vec<ImportedVoter>,
    /// Statements that have votes but are not in the file of statements.
    without_words: usize,
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

impl Conversation {
    /// Participants, statements, agrees, disagrees, passes.
    pub(super) fn counts(&self) -> [usize; 5] {
        let all = || self.votes.iter().flat_map(|one| &one.votes);
        let of = |which: Vote| all().filter(|(_, vote)| *vote == which).count();
        let (agrees, disagrees) = (of(Vote::Agree), of(Vote::Disagree));
        let passes = of(Vote::Pass);
        [
            self.votes.len(),
            self.comments.len() + self.without_words,
            agrees,
            disagrees,
            passes,
        ]
    }

    /// Statements that nobody moderated there: they wait for somebody to do so here.
    pub(super) fn waiting(&self) -> usize {
        let waits = |one: &&ImportedStatement| one.moderated == Moderated::Waiting;
        self.comments.iter().filter(waits).count()
    }
}

/// Reads the files.
///
/// # Errors
/// The first line that is not what the format says.
pub(super) fn read(files: &Files) -> Result<Conversation, ReadError> {
    let summary = read::summary(&files.summary)?;
    let found = read::open_data(&files.votes, Some(&files.comments))?;
    let statements = found.matrix.statements();
    let votes: Vec<ImportedVoter> = (0..)
        .zip(found.matrix.people())
        .map(|(row, person)| ImportedVoter {
            who: person.to_string(),
            votes: found
                .matrix
                .votes_of(row)
                .filter_map(|(column, value)| Some((*statements.get(column)?, vote(value))))
                .collect(),
        })
        .collect();
    let voted = statements.iter().filter(|id| {
        let on = |one: &ImportedVoter| one.votes.iter().any(|(number, _)| number == *id);
        !found.comments.contains_key(id) && votes.iter().any(on)
    });
    let without_words = voted.count();
    Ok(Conversation {
        summary,
        comments: found.comments.into_iter().map(statement).collect(),
        votes,
        without_words,
    })
}

fn vote(value: i8) -> Vote {
    match value {
        1 => Vote::Agree,
        -1 => Vote::Disagree,
        _ => Vote::Pass,
    }
}

fn statement((number, one): (i64, Comment)) -> ImportedStatement {
    ImportedStatement {
        number,
        at: one.at.unwrap_or(0),
        text: one.text,
        meta: one.about.meta,
        by_owner: one.by_owner,
        moderated: match one.about.moderation {
            Moderation::Accepted => Moderated::Approved,
            Moderation::Unmoderated => Moderated::Waiting,
            Moderation::Rejected => Moderated::Rejected,
        },
    }
}

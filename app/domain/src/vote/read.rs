//! What the voting page and the results show.

use super::statement::{Vote, Votes};
use super::stuffing::Flag;
use crate::ids::StatementId;

/// A statement on the voting page, with this voter's vote if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementView {
    /// Which one.
    pub id: StatementId,
    /// Its words.
    pub text: String,
    /// This voter's vote.
    pub vote: Option<Vote>,
}

/// The voting page of one voter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoteView {
    /// The consultation's address name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// When voting ends, in words.
    pub closes: String,
    /// The statement to vote on now; none when every one has a vote.
    pub current: Option<StatementView>,
    /// The statement that was voted on just now, so that the vote can be changed at once.
    pub last: Option<StatementView>,
    /// How many statements there are.
    pub all: usize,
    /// The statements this voter has voted on, in the order of the statements.
    pub voted: Vec<StatementView>,
    /// Whether residents may add statements.
    pub may_add: bool,
    /// How many statements of this voter wait for moderation.
    pub waiting: u64,
    /// The key of the form for a statement of one's own.
    pub key: String,
}

/// What is shown before a statement is sent that is much like some that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlikeView {
    /// The consultation's address name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The words as they were sent.
    pub text: String,
    /// The key of the form they came in.
    pub key: String,
    /// The statements that are alike, the nearest first.
    pub alike: Vec<StatementView>,
}

/// A statement with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementResult {
    /// Which one.
    pub id: StatementId,
    /// Its words.
    pub text: String,
    /// Whether a resident wrote it.
    pub by_resident: bool,
    /// Its counts.
    pub votes: Votes,
}

/// Voters with one flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetAsideLine {
    /// Why.
    pub flag: Flag,
    /// How many are set aside.
    pub set_aside: usize,
    /// How many were let back.
    pub let_back: usize,
}

/// A statement's counts with and without the voters who are set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAsideStatement {
    /// Its words.
    pub text: String,
    /// With them.
    pub with: Votes,
    /// Without them.
    pub without: Votes,
}

/// The officers' page of votes that are set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetAsideView {
    /// The consultation's address name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Whether this person may decide.
    pub may_decide: bool,
    /// Why and how many.
    pub lines: Vec<SetAsideLine>,
    /// The counts.
    pub statements: Vec<SetAsideStatement>,
}

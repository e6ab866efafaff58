//! What pages about polls show. See `count` and `list` for the working and the published list.

use super::ballot::Choices;
use super::count::Counted;
use super::model::Poll;

/// What a voter and everybody sees of a poll before voting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollView {
    /// The consultation's address name.
    pub slug: String,
    /// The consultation's title.
    pub title: String,
    /// The poll, without its seed.
    pub poll: Poll,
    /// Names of the wards it is restricted to, and of the areas of its options.
    pub areas: Vec<(i64, String)>,
    /// When voting opens and ends, in words.
    pub opens: String,
    /// See `opens`.
    pub closes: String,
    /// Whether ballots are taken now.
    pub open: bool,
    /// Whether voting has ended.
    pub closed: bool,
    /// Whether the result may be seen now.
    pub result_visible: bool,
    /// Whether it was invented for a demonstration.
    pub invented: bool,
}

/// How many voted, of how many who could, by channel. Shown at any time: it tells no result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnout {
    /// Those who could, where there is a register.
    pub electors: Option<u64>,
    /// Ballots cast in the browser.
    pub online: u64,
    /// Ballots keyed from paper.
    pub paper: u64,
    /// Ballots set aside; they are in the counts above.
    pub quarantined: u64,
}

/// A result with all that is needed to check it.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultView {
    /// The poll.
    pub view: PollView,
    /// Who voted.
    pub turnout: Turnout,
    /// The count; none where nobody has marked anything.
    pub counted: Option<Counted>,
    /// The count with the ballots that were set aside, where there are any.
    pub with_all: Option<Counted>,
    /// The published list, once there is one.
    pub published: Option<Published>,
}

/// The list as published after the close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The SHA-256 of the file, in hexadecimal; also in the record of acts.
    pub hash: String,
    /// When, in words.
    pub at: String,
    /// The seed of draws.
    pub seed: String,
}

/// A ballot paper in the hands of its voter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperView {
    /// The poll.
    pub view: PollView,
    /// What this paper says now.
    pub cast: Option<Choices>,
    /// The voting code, where the browser still holds it.
    pub code: String,
}

//! What pages about polls show. See `count` and `list` for the working and the published list.

use super::ballot::Choices;
use super::count::Counted;
use super::faults::PollRefused;
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

/// How many voted, of how many who could, by channel. Shown at any time: it gives no result away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnout {
    /// Those who could, where there is a register.
    pub electors: Option<u64>,
    /// Ballots cast in the browser.
    pub online: u64,
    /// Ballots keyed from paper.
    pub paper: u64,
    /// Ballots set aside; they are in the counts above.
    pub set_aside: u64,
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

/// A poll in the hands of its team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPoll {
    /// The poll, without its seed.
    pub view: PollView,
    /// What has to be put right before a vote.
    pub faults: Vec<PollRefused>,
    /// Who voted.
    pub turnout: Turnout,
    /// How many of the register have been given a ballot paper.
    pub issued: u64,
    /// Whether the regime allows votes, and its name.
    pub regime: (bool, String),
    /// What the reader may do with it.
    pub may: DeskMay,
    /// The list, once it is published.
    pub published: Option<Published>,
    /// Wards to choose from: number, name.
    pub wards: Vec<(String, String)>,
}

/// What somebody may do with a poll at its desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeskMay {
    /// Change it.
    pub edit: bool,
    /// Upload the register and make letters.
    pub register: bool,
    /// Key ballots from paper.
    pub key: bool,
    /// Count and publish.
    pub publish: bool,
}

/// The polls of a consultation, for its teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPolls {
    /// The consultation's address name.
    pub slug: String,
    /// The consultation's title.
    pub title: String,
    /// Whether the regime allows votes, and its name.
    pub regime: (bool, String),
    /// Whether polls may be added and changed now.
    pub editable: bool,
    /// Each poll with what has to be put right first, how many voted, and whether it is published.
    pub polls: Vec<(Poll, Vec<PollRefused>, Turnout, bool)>,
    /// Whether voting has ended.
    pub closed: bool,
    /// Whether it may be seen by everybody.
    pub public: bool,
}

/// A letter to an elector, shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterView {
    /// To whom.
    pub name: String,
    /// Where, a line each.
    pub address: String,
    /// The code that gives a ballot paper.
    pub code: String,
}

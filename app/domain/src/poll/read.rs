//! What pages about polls show. See `count` and `list` for the working and the published list.

use jiff::Timestamp;

use super::ballot::Choices;
use super::count::Counted;
use super::faults::PollRefused;
use super::model::Poll;
use crate::consultation::draft::Contact;
use crate::edit::{AsRead, Versions};
use crate::insight::disclosure::Shown;

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

impl PollView {
    /// The name of an area by its number; empty where it is unknown.
    pub fn area_name(&self, id: i64) -> String {
        self.areas
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, name)| name.clone())
            .unwrap_or_default()
    }
}

/// How many voted, of how many who could, by channel: for the desk, and once the ballots are public.
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

/// How many voted, as everybody may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicTurnout {
    /// While ballots may come in: of the last release.
    Released {
        /// How many have voted.
        voted: Shown,
        /// Those who could, where there is a register: it may still change.
        electors: Option<Shown>,
    },
    /// Once the counting is complete: its ballots are public themselves.
    Counted(Turnout),
}

/// A result with all that is needed to check it.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultView {
    /// The poll.
    pub view: PollView,
    /// Who voted.
    pub turnout: PublicTurnout,
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
    /// The SHA-256 of the file, in hexadecimal; also in the record.
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

/// A list of ballots as it was published, with the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedList {
    /// The text of the file, to the last byte.
    pub list: String,
    /// The SHA-256 of the text, in hexadecimal.
    pub list_hash: String,
    /// When it was published.
    pub published_at: Timestamp,
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
    /// What the consultation is held under.
    pub regime: HeldUnder,
    /// Whom people can ask.
    pub contact: Contact,
    /// What the reader may do with it.
    pub may: DeskMay,
    /// The list, once it is published.
    pub published: Option<Published>,
    /// Wards to choose from: number, name.
    pub wards: Vec<(String, String)>,
    /// The whole of it as it is read here.
    pub read: AsRead,
    /// The versions of its sections and options.
    pub versions: Versions,
}

/// What a consultation is held under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldUnder {
    /// The name of the regime.
    pub name: String,
    /// Whether it allows votes.
    pub voting_allowed: bool,
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
    /// What the consultation is held under.
    pub regime: HeldUnder,
    /// Whether polls may be added and changed now.
    pub editable: bool,
    /// Each poll.
    pub polls: Vec<DeskPollLine>,
    /// Whether voting has ended.
    pub closed: bool,
}

/// One of the polls of a consultation, for its teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPollLine {
    /// The poll, without its seed.
    pub poll: Poll,
    /// What has to be put right first.
    pub faults: Vec<PollRefused>,
    /// How many voted.
    pub turnout: Turnout,
    /// Whether its ballots are published.
    pub published: bool,
}

/// A letter to an elector, shown once. Its `Debug` says nothing of who may vote and with what.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterView {
    /// To whom.
    pub name: String,
    /// Where, a line each.
    pub address: String,
    /// The code that gives a ballot paper.
    pub code: String,
}

impl std::fmt::Debug for LetterView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LetterView(…)")
    }
}

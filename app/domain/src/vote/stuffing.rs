//! Votes that look as if a script had cast them: rules that anybody can read, and nothing learned.
//!
//! A flag is a reason to look, never a verdict: flagged voters are set aside by the caller, not
//! removed, and a person can let them back. Four rules:
//!
//! * [`Flag::Unread`]: the first vote came from a browser that had never been given the page.
//! * [`Flag::Flood`]: more than [`FLOOD`] voters on one day from one source. No library, school or
//!   mobile network of one borough brings so many.
//! * [`Flag::OneMind`]: at least [`CROWD`] voters on one day from one source who nearly all say the
//!   same, where everybody else does not.
//! * [`Flag::Echo`]: at least [`ECHO`] voters, wherever they come from, with the very same answers
//!   to [`LONG`] statements or more, and hardly anybody with all but one of them the same. People of
//!   one mind differ in one answer about as often as in none; copies do not.
//!
//! What these rules cannot see, and no rule on votes alone can: a script that is slow, comes from
//! many sources, reads the page and votes as differently as people do; and one that casts fewer
//! than [`LONG`] votes each from many sources.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// More voters than this on one day from one source are a flood.
pub const FLOOD: usize = 300;
/// From this many voters on one day from one source on, their answers are compared.
pub const CROWD: usize = 25;
/// From this many equal voters on there may be an echo.
pub const ECHO: usize = 15;
/// The fewest votes of a voter by which an echo is recognised.
pub const LONG: usize = 10;
/// A crowd is of one mind when two of it say the same at least this often…
const ONE_MIND: f64 = 0.85;
/// … and this much more often than two of everybody else.
const MORE_THAN_OTHERS: f64 = 0.15;
/// Copies to each voter who differs in one answer, above which it is an echo.
const COPIES: usize = 8;
/// Votes of a crowd on a statement, below which it says nothing.
const ENOUGH: u32 = 10;

/// A voter as the rules see one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voter {
    /// Which.
    pub id: i64,
    /// Day and source; nothing once that has been forgotten.
    pub source: Option<(u32, u64)>,
    /// Whether the page had been read before the first vote.
    pub read: bool,
    /// Statement and vote, in the order of the statements.
    pub votes: Vec<(i64, i8)>,
}

/// Why a voter is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Voted without the page.
    Unread,
    /// Too many from one source.
    Flood,
    /// A source whose voters all say the same.
    OneMind,
    /// Copies of one another.
    Echo,
}

impl Flag {
    /// Every flag.
    pub const ALL: [Flag; 4] = [Flag::Unread, Flag::Flood, Flag::OneMind, Flag::Echo];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Flag::Unread => "unread",
            Flag::Flood => "flood",
            Flag::OneMind => "one-mind",
            Flag::Echo => "echo",
        }
    }

    /// The flag of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.code() == code)
    }
}

/// The voters that look as if a script had voted, each with the first rule that says so.
pub fn flags(voters: &[Voter]) -> BTreeMap<i64, Flag> {
    let mut found = BTreeMap::new();
    let mut flag = |id: i64, why: Flag| {
        found.entry(id).or_insert(why);
    };
    for voter in voters.iter().filter(|voter| !voter.read) {
        flag(voter.id, Flag::Unread);
    }
    let mut sources: BTreeMap<(u32, u64), Vec<&Voter>> = BTreeMap::new();
    for voter in voters {
        if let Some(source) = voter.source {
            sources.entry(source).or_default().push(voter);
        }
    }
    let everybody = Answers::of(voters.iter());
    for crowd in sources.values().filter(|crowd| crowd.len() >= CROWD) {
        if crowd.len() > FLOOD {
            crowd.iter().for_each(|voter| flag(voter.id, Flag::Flood));
        } else if Answers::of(crowd.iter().copied()).of_one_mind(&everybody) {
            crowd.iter().for_each(|voter| flag(voter.id, Flag::OneMind));
        }
    }
    for voter in echoes(voters) {
        flag(voter, Flag::Echo);
    }
    found
}

/// Counts of each answer to each statement.
struct Answers(HashMap<i64, [u32; 3]>);

impl Answers {
    fn of<'a>(voters: impl Iterator<Item = &'a Voter>) -> Self {
        let mut counts: HashMap<i64, [u32; 3]> = HashMap::new();
        for (statement, value) in voters.flat_map(|voter| &voter.votes) {
            let place = usize::try_from(i32::from(value.signum()) + 1).unwrap_or(1);
            if let Some(count) = counts.entry(*statement).or_default().get_mut(place) {
                *count += 1;
            }
        }
        Answers(counts)
    }

    /// Whether two of these say the same far more often than two of the others.
    fn of_one_mind(&self, everybody: &Answers) -> bool {
        let (mut here, mut there, mut statements) = (0.0, 0.0, 0.0);
        for (statement, mine) in &self.0 {
            if mine.iter().sum::<u32>() < ENOUGH {
                continue;
            }
            let all = everybody.0.get(statement).copied().unwrap_or_default();
            let mut others = all;
            for (other, mine) in others.iter_mut().zip(mine) {
                *other = other.saturating_sub(*mine);
            }
            here += alike(*mine);
            there += alike(others);
            statements += 1.0;
        }
        statements > 0.0
            && here / statements >= ONE_MIND
            && here / statements >= there / statements + MORE_THAN_OTHERS
    }
}

/// The chance that two who answered said the same.
fn alike(counts: [u32; 3]) -> f64 {
    let all = f64::from(counts.iter().sum::<u32>());
    if all == 0.0 {
        return 0.0;
    }
    counts
        .iter()
        .map(|count| (f64::from(*count) / all).powi(2))
        .sum()
}

fn echoes(voters: &[Voter]) -> Vec<i64> {
    let mut same: HashMap<&[(i64, i8)], Vec<i64>> = HashMap::new();
    for voter in voters.iter().filter(|voter| voter.votes.len() >= LONG) {
        same.entry(&voter.votes).or_default().push(voter.id);
    }
    let mut found = Vec::new();
    for (answers, ids) in &same {
        if ids.len() < ECHO {
            continue;
        }
        let mut nearly = 0;
        let mut other = answers.to_vec();
        for place in 0..answers.len() {
            let Some(own) = other.get(place).copied() else {
                continue;
            };
            for value in (-1..=1).filter(|value| *value != own.1) {
                if let Some(answer) = other.get_mut(place) {
                    answer.1 = value;
                }
                nearly += same.get(other.as_slice()).map_or(0, Vec::len);
            }
            if let Some(answer) = other.get_mut(place) {
                *answer = own;
            }
        }
        if ids.len() > COPIES * (nearly + 1) {
            found.extend(ids);
        }
    }
    found.sort_unstable();
    found
}

//! Votes that look as if a script had cast them: rules that anybody can read, and nothing learned.
//!
//! A flag is a reason to look, never a verdict: flagged voters are set aside by the caller, not
//! removed, and a person can let them back. Five rules:
//!
//! * [`Flag::Unread`]: the first vote came from a browser that had never been given the page.
//! * [`Flag::Flood`]: more than [`FLOOD`] voters on one day from one source. No library, school or
//!   mobile network of one borough brings so many.
//! * [`Flag::OneMind`]: at least [`CROWD`] voters on one day from one source who nearly all say the
//!   same, where everybody else does not.
//! * [`Flag::Echo`]: at least [`ECHO`] voters, wherever they come from, with the very same answers
//!   to [`LONG`] statements or more, and hardly anybody with all but one of them the same. People of
//!   one mind differ in one answer about as often as in none; copies do not.
//! * [`Flag::AtRandom`]: at least [`SURE`] voters, wherever they come from, who answer by chance, like
//!   nobody with any opinion, and are of one mind on one statement.
//!
//! What these rules cannot see, and no rule on votes alone can: a script that is slow, comes from
//! many sources, reads the page and votes as people with opinions do; one that casts few votes each
//! from many sources; and what is not kept, the order and the pace of anybody's votes.

mod random;

pub use random::SURE;

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
    /// By chance, but for one statement.
    AtRandom,
}

impl Flag {
    /// Every flag.
    pub const ALL: [Flag; 5] = [
        Flag::Unread,
        Flag::Flood,
        Flag::OneMind,
        Flag::Echo,
        Flag::AtRandom,
    ];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Flag::Unread => "unread",
            Flag::Flood => "flood",
            Flag::OneMind => "one-mind",
            Flag::Echo => "echo",
            Flag::AtRandom => "at-random",
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
    for voter in floods(voters) {
        flag(voter, Flag::Flood);
    }
    for voter in crowds_of_one_mind(voters) {
        flag(voter, Flag::OneMind);
    }
    for voter in echoes(voters) {
        flag(voter, Flag::Echo);
    }
    let votes: Vec<&[(i64, i8)]> = voters.iter().map(|voter| voter.votes.as_slice()).collect();
    for place in random::at_random(&votes) {
        if let Some(voter) = voters.get(place) {
            flag(voter.id, Flag::AtRandom);
        }
    }
    found
}

/// Those who came on one day from one source, where that is known.
fn sources(voters: &[Voter]) -> BTreeMap<(u32, u64), Vec<&Voter>> {
    let mut sources: BTreeMap<(u32, u64), Vec<&Voter>> = BTreeMap::new();
    for voter in voters {
        if let Some(source) = voter.source {
            sources.entry(source).or_default().push(voter);
        }
    }
    sources
}

/// Everybody of whom more than [`FLOOD`] came on one day from one source.
pub fn floods(voters: &[Voter]) -> Vec<i64> {
    sources(voters)
        .into_values()
        .filter(|crowd| crowd.len() > FLOOD)
        .flatten()
        .map(|voter| voter.id)
        .collect()
}

/// Everybody of whom [`CROWD`] or more came on one day from one source and are of one mind.
pub fn crowds_of_one_mind(voters: &[Voter]) -> Vec<i64> {
    let everybody = Answers::of(voters.iter());
    sources(voters)
        .into_values()
        .filter(|crowd| crowd.len() >= CROWD)
        .filter(|crowd| Answers::of(crowd.iter().copied()).of_one_mind(&everybody))
        .flatten()
        .map(|voter| voter.id)
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// So many voters of one source (none: each from nowhere known), who read the page and say this.
    fn voters(first: i64, many: usize, source: Option<u64>, votes: &[(i64, i8)]) -> Vec<Voter> {
        (first..)
            .take(many)
            .map(|id| Voter {
                id,
                source: source.map(|source| (1, source)),
                read: true,
                votes: votes.to_vec(),
            })
            .collect()
    }

    fn flagged(voters: &[Voter], why: Flag) -> usize {
        flags(voters).values().filter(|flag| **flag == why).count()
    }

    #[test]
    fn a_flag_is_known_again_by_its_code() {
        let codes = ["unread", "flood", "one-mind", "echo", "at-random"];
        for (flag, code) in Flag::ALL.into_iter().zip(codes) {
            assert_eq!(flag.code(), code);
            assert_eq!(Flag::from_code(code), Some(flag));
        }
        assert_eq!(Flag::from_code("fire"), None);
    }

    #[test]
    fn three_hundred_of_one_day_and_source_are_no_flood_and_one_more_is() {
        assert!(flags(&voters(0, FLOOD, Some(1), &[])).is_empty());
        let many = voters(0, FLOOD + 1, Some(1), &[]);
        assert_eq!(flagged(&many, Flag::Flood), FLOOD + 1);
        let mut two_days = voters(0, FLOOD, Some(1), &[]);
        two_days.extend(
            voters(1_000, 1, Some(1), &[])
                .into_iter()
                .map(|voter| Voter {
                    source: Some((2, 1)),
                    ..voter
                }),
        );
        assert!(flags(&two_days).is_empty());
        assert!(flags(&voters(0, 5_000, None, &[])).is_empty());
    }

    /// Everybody else: half of them agree, half disagree.
    fn divided() -> Vec<Voter> {
        let mut all = voters(10_000, 200, None, &[(1, 1), (2, 1)]);
        all.extend(voters(20_000, 200, None, &[(1, -1), (2, -1)]));
        all
    }

    fn with(crowd: Vec<Voter>) -> usize {
        let mut all = divided();
        all.extend(crowd);
        flagged(&all, Flag::OneMind)
    }

    #[test]
    fn a_crowd_of_one_mind_is_one_of_twenty_five_who_say_what_others_do_not() {
        let same = [(1, 1), (2, -1)];
        assert_eq!(with(voters(0, CROWD, Some(1), &same)), CROWD);
        assert_eq!(with(voters(0, CROWD - 1, Some(1), &same)), 0);
        assert_eq!(
            with(voters(0, CROWD, None, &same)),
            0,
            "no source, no crowd"
        );
        // Two in twenty-five who say otherwise: two of it say the same in 85 of 100 cases; three, less.
        let but = |others: usize| {
            let mut crowd = voters(0, CROWD - others, Some(1), &same);
            crowd.extend(voters(500, others, Some(1), &[(1, -1), (2, 1)]));
            crowd
        };
        assert_eq!(with(but(2)), CROWD);
        assert_eq!(with(but(3)), 0);
        // Where everybody says so, nobody stands out.
        let mut agreed = voters(10_000, 400, None, &same);
        agreed.extend(voters(0, CROWD, Some(1), &same));
        assert_eq!(flagged(&agreed, Flag::OneMind), 0);
        // A pass is an answer of its own.
        assert_eq!(with(voters(0, CROWD, Some(1), &[(1, 0)])), CROWD);
    }

    #[test]
    fn fewer_than_ten_answers_of_a_crowd_say_nothing() {
        let crowd = |answering: usize| {
            let mut crowd = voters(0, answering, Some(1), &[(1, 1)]);
            crowd.extend(voters(500, CROWD - answering, Some(1), &[]));
            crowd
        };
        assert_eq!(with(crowd(10)), CROWD);
        assert_eq!(with(crowd(9)), 0);
    }

    #[test]
    fn answers_are_counted_by_what_they_say() {
        let mut some = voters(0, 3, None, &[(1, 1)]);
        some.extend(voters(10, 2, None, &[(1, -1)]));
        some.extend(voters(20, 1, None, &[(1, 0)]));
        assert_eq!(Answers::of(some.iter()).0.get(&1), Some(&[2, 1, 3]));
        assert!((alike([2, 1, 3]) - 14.0 / 36.0).abs() < 1e-12);
        assert!(alike([0, 0, 0]).abs() < 1e-12);
    }

    fn long(of: usize, first: i8) -> Vec<(i64, i8)> {
        let mut votes: Vec<(i64, i8)> = (0..).take(of).map(|id| (id, 1)).collect();
        votes[0].1 = first;
        votes
    }

    #[test]
    fn an_echo_is_fifteen_copies_of_ten_answers_with_hardly_a_neighbour() {
        let copies =
            |many: usize, of: usize| flagged(&voters(0, many, None, &long(of, 1)), Flag::Echo);
        assert_eq!(copies(ECHO, LONG), ECHO);
        assert_eq!(copies(ECHO - 1, LONG), 0);
        assert_eq!(copies(ECHO, LONG - 1), 0);
        // One who differs in one answer, to either side, stands for people of one mind: more than
        // eight copies to each of them are an echo.
        for other in [-1, 0] {
            let beside = |many: usize| {
                let mut all = voters(0, many, None, &long(LONG, 1));
                all.extend(voters(500, 1, None, &long(LONG, other)));
                flagged(&all, Flag::Echo)
            };
            assert_eq!(beside(2 * COPIES), 0, "{other}");
            assert_eq!(beside(2 * COPIES + 1), 2 * COPIES + 1, "{other}");
        }
    }

    #[test]
    fn whoever_had_no_page_is_flagged_for_that_first() {
        let mut all = voters(0, FLOOD + 1, Some(1), &[]);
        all[0].read = false;
        let found = flags(&all);
        assert_eq!(found.get(&0), Some(&Flag::Unread));
        assert_eq!(found.get(&1), Some(&Flag::Flood));
    }
}

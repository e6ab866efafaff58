//! Opinion groups as everybody may see them: the analysis of `vote::opinion` through the
//! disclosure gate.
//!
//! Invariants: every count passes the gate by itself, and no sum is written of which it is a part
//! (no number of votes on a statement, and nothing of everybody beside groups), so that none that
//! is hidden can be found by taking others from a sum; nothing is said of a group, nor of every group or
//! of everybody, but where the count that it rests on is shown; while voting goes on, where the size of a group
//! leaves too little for what is hidden, nothing is written of what it says to a statement (afterwards
//! the votes themselves are public, where so many voted); no share is written but of what is shown; a
//! statement without words (not approved now) appears nowhere; nothing names or numbers a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::disclosure::{PUBLIC, Rule, Shown};
use crate::vote::opinion::{Analysis, Picture, Stance, Statement, Tally, TooFew, letter};

/// Votes on one statement, of everybody or of one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who agree.
    pub agree: Shown,
    /// Who disagree.
    pub disagree: Shown,
    /// Who pass.
    pub pass: Shown,
}

impl Said {
    /// About how many voted: what is shown, and half the threshold for each that is hidden. Made of
    /// what is shown alone, it says nothing more.
    pub fn about(self, rule: Rule) -> u64 {
        [self.agree, self.disagree, self.pass]
            .into_iter()
            .map(|cell| cell.number().unwrap_or(rule.threshold / 2))
            .sum()
    }

    /// Whether too few voted to say anything.
    pub fn is_hidden(self) -> bool {
        let cells = [self.agree, self.disagree, self.pass];
        cells.contains(&Shown::Hidden)
            && cells
                .into_iter()
                .all(|cell| cell.number().unwrap_or(0) == 0)
    }

    /// Nothing of it is shown.
    const HIDDEN: Self = Self {
        agree: Shown::Hidden,
        disagree: Shown::Hidden,
        pass: Shown::Hidden,
    };

    /// Whether so many people leave room for each that is hidden to be any number below the threshold.
    fn leaves_room(self, of: Shown, rule: Rule) -> bool {
        let cells = [self.agree, self.disagree, self.pass];
        let Some(most) = of.number().map(|number| rule.behind(number).1) else {
            return !cells.contains(&Shown::Hidden);
        };
        let shown: u64 = cells
            .iter()
            .filter_map(|cell| Some(rule.behind(cell.number()?).0))
            .sum();
        !cells.contains(&Shown::Hidden) || most >= shown + rule.threshold.saturating_sub(1)
    }

    /// How many said this.
    pub fn on(self, stance: Stance) -> Shown {
        match stance {
            Stance::Agree => self.agree,
            Stance::Disagree => self.disagree,
        }
    }
}

/// A statement with its votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementOpinion {
    /// Which.
    pub id: Statement,
    /// Its words.
    pub text: String,
    /// What everybody said, where there are no groups.
    pub everybody: Option<Said>,
    /// What each group said, from group A.
    pub by_group: Vec<Said>,
}

/// Of how many who voted on a statement one at least has passed where *many* have.
const MANY: u64 = 4;

impl StatementOpinion {
    /// Who passed and about how many voted, of what is shown alone.
    fn passes(&self, rule: Rule) -> (u64, u64) {
        let said = self.everybody.iter().chain(&self.by_group);
        said.fold((0, 0), |(passes, votes), said| {
            let passed = said.pass.number().unwrap_or(0);
            (passes + passed, votes + said.about(rule))
        })
    }

    /// Whether many passed: at least one in four of those whose votes are shown. What is hidden is not
    /// many, so it says nothing more than what is shown.
    pub fn many_pass(&self, rule: Rule) -> bool {
        let (passes, votes) = self.passes(rule);
        passes > 0 && passes * MANY >= votes
    }
}

/// What many pass on, the highest share first.
fn uncertain(statements: &[StatementOpinion], rule: Rule) -> Vec<Statement> {
    let mut many: Vec<&StatementOpinion> = statements
        .iter()
        .filter(|one| one.many_pass(rule))
        .collect();
    many.sort_by(|a, b| {
        let ((a_passes, a_votes), (b_passes, b_votes)) = (a.passes(rule), b.passes(rule));
        (b_passes * a_votes).cmp(&(a_passes * b_votes))
    });
    many.into_iter().map(|one| one.id).collect()
}

/// A statement that is typical of something, by the place of its words in [`Opinion::statements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shows {
    /// Which.
    pub statement: Statement,
    /// What is said to it.
    pub stance: Stance,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupOpinion {
    /// Its letter.
    pub letter: char,
    /// How many people, rounded.
    pub size: Shown,
    /// What it says more than the others.
    pub says: Vec<Shows>,
}

/// A statement that one group is for and another against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Divides {
    /// Which.
    pub statement: Statement,
    /// The group most for it.
    pub for_it: char,
    /// The group most against it.
    pub against: char,
}

/// What people think, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// Who voted on at least one statement.
    pub participants: Shown,
    /// Votes in all.
    pub votes: Shown,
    /// The groups, the largest first; none where there is too little to say.
    pub groups: Vec<GroupOpinion>,
    /// Why there are none.
    pub too_few: Option<TooFew>,
    /// What most of every group say, the most common first.
    pub common_ground: Vec<Shows>,
    /// What most of everybody say.
    pub consensus: Vec<Shows>,
    /// What tells the groups apart.
    pub divisive: Vec<Divides>,
    /// What many pass on, the most first: see [`StatementOpinion::many_pass`].
    pub uncertain: Vec<Statement>,
    /// Every statement, in the order of the matrix.
    pub statements: Vec<StatementOpinion>,
    /// The picture of the groups.
    pub picture: Option<Picture>,
}

/// What was found, and how much it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// The analysis.
    pub analysis: &'a Analysis,
    /// The statements in the order of its columns.
    pub statements: &'a [Statement],
    /// People with votes.
    pub participants: usize,
    /// Votes.
    pub votes: usize,
    /// The picture of its groups.
    pub picture: Option<&'a Picture>,
}

/// The finding as this rule lets it be shown, without words: see [`Opinion::worded`]. `public` is whether
/// everybody may download the votes themselves.
pub fn opinion(found: Finding<'_>, rule: Rule, public: bool) -> Opinion {
    let analysis = found.analysis;
    let groups = analysis.groups.as_ref().ok();
    let whole = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let statements: Vec<StatementOpinion> = found
        .statements
        .iter()
        .enumerate()
        .filter_map(|(column, id)| {
            let of = |tallies: &Vec<Tally>, people: usize| {
                let said = gated(*tallies.get(column)?, rule);
                let told = public || said.leaves_room(rule.alone(whole(people)), rule);
                Some(if told { said } else { Said::HIDDEN })
            };
            Some(StatementOpinion {
                id: *id,
                text: String::new(),
                everybody: match groups {
                    None => Some(of(&analysis.everybody, found.participants)?),
                    Some(_) => None,
                },
                by_group: groups.map_or(Vec::new(), |groups| {
                    let sizes = groups.sizes.iter().copied();
                    let each = groups.tallies.iter().zip(sizes);
                    each.filter_map(|(tallies, size)| of(tallies, size))
                        .collect()
                }),
            })
        })
        .collect();
    let shown = |of: Statement, group: usize, stance: Stance| {
        let one = statements.iter().find(|one| one.id == of);
        let said = one.and_then(|one| one.by_group.get(group));
        said.is_some_and(|said| said.on(stance).number().is_some())
    };
    Opinion {
        participants: rule.alone(whole(found.participants)),
        votes: sum(&statements, whole(found.votes), rule),
        groups: groups.map_or(Vec::new(), |groups| {
            let says = groups
                .representative
                .iter()
                .enumerate()
                .map(|(group, says)| {
                    says.iter()
                        .filter(|one| one.significant && shown(one.statement, group, one.stance))
                        .map(|one| Shows {
                            statement: one.statement,
                            stance: one.stance,
                        })
                        .collect()
                });
            groups
                .sizes
                .iter()
                .zip(says)
                .enumerate()
                .map(|(place, (size, says))| GroupOpinion {
                    letter: letter(place),
                    size: rule.alone(whole(*size)),
                    says,
                })
                .collect()
        }),
        too_few: analysis.groups.as_ref().err().copied(),
        common_ground: groups.map_or(Vec::new(), |groups| {
            groups
                .common_ground
                .iter()
                .filter(|one| {
                    (0..groups.sizes.len()).all(|group| shown(one.statement, group, one.stance))
                })
                .map(|one| Shows {
                    statement: one.statement,
                    stance: one.stance,
                })
                .collect()
        }),
        consensus: analysis
            .consensus
            .iter()
            .filter(|one| {
                let of = statements.iter().find(|known| known.id == one.statement);
                let said = of.and_then(|of| of.everybody);
                said.is_some_and(|said| said.on(one.stance).number().is_some())
            })
            .map(|one| Shows {
                statement: one.statement,
                stance: one.stance,
            })
            .collect(),
        divisive: groups.map_or(Vec::new(), |groups| {
            groups
                .divisive
                .iter()
                .filter(|one| {
                    shown(one.statement, one.for_it, Stance::Agree)
                        && shown(one.statement, one.against, Stance::Disagree)
                })
                .map(|one| Divides {
                    statement: one.statement,
                    for_it: letter(one.for_it),
                    against: letter(one.against),
                })
                .collect()
        }),
        uncertain: uncertain(&statements, rule),
        statements,
        picture: found.picture.map(|picture| rounded(picture, rule)),
    }
}

/// The picture with sizes as they may be shown; a group whose size may not be is not drawn.
fn rounded(picture: &Picture, rule: Rule) -> Picture {
    let groups = picture.groups.iter().filter_map(|group| {
        let size = rule.alone(u64::try_from(group.size).ok()?).number()?;
        let mut group = group.clone();
        group.size = usize::try_from(size).ok()?;
        Some(group)
    });
    Picture {
        groups: groups.collect(),
        ..picture.clone()
    }
}

/// All votes together, unless something of what is hidden could be found by taking from it all that
/// is shown.
fn sum(statements: &[StatementOpinion], votes: u64, rule: Rule) -> Shown {
    let cells: Vec<Shown> = statements
        .iter()
        .flat_map(|one| one.by_group.iter().chain(&one.everybody))
        .flat_map(|said| [said.agree, said.disagree, said.pass])
        .collect();
    let shown = rule.alone(votes);
    let most: u64 = cells
        .iter()
        .filter_map(|cell| Some(rule.behind(cell.number()?).1))
        .sum();
    let least = shown.number().map_or(0, |sum| rule.behind(sum).0);
    if cells.contains(&Shown::Hidden) && least > most {
        Shown::Hidden
    } else {
        shown
    }
}

/// Agree, disagree and pass, each through the gate.
fn gated(tally: Tally, rule: Rule) -> Said {
    Said {
        agree: rule.alone(u64::from(tally.agrees)),
        disagree: rule.alone(u64::from(tally.disagrees)),
        pass: rule.alone(u64::from(tally.passes)),
    }
}

/// How far a public report has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Nothing is released: fewer than this many people have voted, or it is not worked out yet.
    TooEarly {
        /// How many it takes.
        need: u64,
    },
    /// Here it is.
    Found(Box<Opinion>),
}

/// What people think as it is kept once it is released.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleasedOpinion {
    /// What they think, without words.
    pub opinion: Opinion,
    /// People whose votes are set aside.
    pub aside: Shown,
}

/// The page of what people think.
#[derive(Clone, Debug, PartialEq)]
pub struct OpinionView {
    /// The consultation's name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Whether votes are still taken.
    pub open: bool,
    /// What may be shown.
    pub standing: Standing,
    /// People whose votes are set aside.
    pub aside: Shown,
    /// Whether everybody may download the votes.
    pub votes_public: bool,
    /// The seed with which the next statement of a voter is drawn, so that anybody can check it.
    pub routing: i64,
    /// Where the data comes from, if it was imported.
    pub attribution: Option<String>,
    /// Whether it was invented for a demonstration.
    pub invented: bool,
}

impl Opinion {
    /// The same with the statements that have words now, and nothing of the others. It is kept without
    /// any, so that what a moderator takes back is in none of it at once.
    #[must_use]
    pub fn worded(mut self, texts: &BTreeMap<Statement, String>) -> Self {
        self.statements.retain_mut(|one| match texts.get(&one.id) {
            Some(words) => {
                one.text.clone_from(words);
                true
            }
            None => false,
        });
        let has = |id: &Statement| texts.contains_key(id);
        for group in &mut self.groups {
            group.says.retain(|one| has(&one.statement));
        }
        self.common_ground.retain(|one| has(&one.statement));
        self.consensus.retain(|one| has(&one.statement));
        self.divisive.retain(|one| has(&one.statement));
        // What is kept from before many had a measure may name what few pass on.
        self.uncertain = uncertain(&self.statements, PUBLIC);
        self
    }

    /// How many people are in groups, where the size of each may be shown.
    pub fn grouped(&self) -> Option<u64> {
        self.groups
            .iter()
            .map(|group| group.size.number())
            .sum::<Option<u64>>()
            .filter(|_| !self.groups.is_empty())
    }

    /// The statement of this number.
    pub fn statement(&self, id: Statement) -> Option<&StatementOpinion> {
        self.statements.iter().find(|one| one.id == id)
    }
}

#[cfg(test)]
mod tests;

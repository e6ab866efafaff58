//! Opinion groups as everybody may see them: the analysis of `vote::opinion` through the
//! disclosure gate.
//!
//! Invariants: every count passes the gate by itself, and no sum is written of which it is a part
//! (no number of votes on a statement, and nothing of everybody beside groups), so that none that
//! is hidden can be found by taking others from a sum; while voting goes on, where the size of a group
//! leaves too little for what is hidden, nothing is written of what it says to a statement (afterwards
//! the votes themselves are public, where so many voted); no share is written but of what is shown; a
//! statement without words (not approved now) appears nowhere; nothing names or numbers a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::disclosure::{Rule, Shown};
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
    /// What people pass on more than on the rest.
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
    Opinion {
        participants: rule.alone(whole(found.participants)),
        votes: sum(&statements, whole(found.votes), rule),
        groups: groups.map_or(Vec::new(), |groups| {
            let says = groups.representative.iter().map(|says| {
                says.iter()
                    .filter(|one| one.significant)
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
                .map(|one| Shows {
                    statement: one.statement,
                    stance: one.stance,
                })
                .collect()
        }),
        consensus: analysis
            .consensus
            .iter()
            .map(|one| Shows {
                statement: one.statement,
                stance: one.stance,
            })
            .collect(),
        divisive: groups.map_or(Vec::new(), |groups| {
            groups
                .divisive
                .iter()
                .map(|one| Divides {
                    statement: one.statement,
                    for_it: letter(one.for_it),
                    against: letter(one.against),
                })
                .collect()
        }),
        uncertain: analysis.uncertain.iter().map(|one| one.statement).collect(),
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
        self.uncertain.retain(has);
        self
    }

    /// The statement of this number.
    pub fn statement(&self, id: Statement) -> Option<&StatementOpinion> {
        self.statements.iter().find(|one| one.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::disclosure::PUBLIC;
    use crate::vote::opinion::{Settings, VoteMatrix, analyse, generate, picture};

    fn found() -> (VoteMatrix, Analysis, Picture) {
        let matrix = VoteMatrix::from_votes(generate(300, 20, 4_000, 7));
        let about: Vec<_> = matrix
            .statements()
            .iter()
            .map(|id| {
                let about = crate::vote::opinion::About {
                    moderation: crate::vote::opinion::Moderation::Accepted,
                    meta: false,
                };
                (*id, Some(about))
            })
            .collect();
        let matrix = matrix.with_statements(about);
        let analysis = analyse(&matrix, &Settings::public(), None);
        let drawn = picture(
            analysis.groups.as_ref().expect("groups"),
            &analysis.positions,
            10,
        );
        (matrix, analysis, drawn)
    }

    fn shown(matrix: &VoteMatrix, analysis: &Analysis, drawn: &Picture, left_out: i64) -> Opinion {
        let texts = matrix
            .statements()
            .iter()
            .filter(|id| **id != left_out)
            .map(|id| (*id, format!("statement {id}")))
            .collect();
        let finding = Finding {
            analysis,
            statements: matrix.statements(),
            participants: matrix.people().len(),
            votes: matrix.votes(),
            picture: Some(drawn),
        };
        opinion(finding, PUBLIC, true).worded(&texts)
    }

    #[test]
    fn every_number_is_a_multiple_of_five_or_hidden() {
        let (matrix, analysis, drawn) = found();
        let opinion = shown(&matrix, &analysis, &drawn, -1);
        assert!(opinion.groups.len() >= 2 && !opinion.statements.is_empty());
        let rows = opinion
            .statements
            .iter()
            .flat_map(|one| one.by_group.iter().chain(&one.everybody));
        for said in rows {
            for cell in [said.agree, said.disagree, said.pass] {
                assert!(cell.number().is_none_or(|n| n % 5 == 0 && n >= 10));
            }
        }
        assert!(
            opinion
                .groups
                .iter()
                .all(|g| g.size.number().is_some_and(|n| n % 5 == 0))
        );
        assert!(
            opinion
                .picture
                .is_some_and(|p| p.groups.iter().all(|g| g.size % 5 == 0))
        );
    }

    #[test]
    fn while_voting_goes_on_what_is_hidden_may_be_any_small_number() {
        let said = |agrees, disagrees, passes| {
            let tally = Tally {
                agrees,
                disagrees,
                passes,
            };
            gated(tally, PUBLIC)
        };
        let room = |said: Said, of| said.leaves_room(PUBLIC.alone(of), PUBLIC);
        assert!(room(said(50, 0, 3), 60));
        // Twelve people of whom eleven agree: one at most did not.
        assert!(!room(said(11, 0, 1), 12));
        assert!(!room(said(35, 0, 0), 35));
        assert!(room(said(12, 13, 14), 39));
        let (matrix, analysis, drawn) = found();
        let finding = Finding {
            analysis: &analysis,
            statements: matrix.statements(),
            participants: matrix.people().len(),
            votes: matrix.votes(),
            picture: Some(&drawn),
        };
        let open = opinion(finding, PUBLIC, false);
        let sizes: Vec<Shown> = open.groups.iter().map(|group| group.size).collect();
        for statement in &open.statements {
            for (said, size) in statement.by_group.iter().zip(&sizes) {
                assert!(*said == Said::HIDDEN || said.leaves_room(*size, PUBLIC));
            }
        }
    }

    #[test]
    fn a_statement_without_words_is_nowhere() {
        let (matrix, analysis, drawn) = found();
        let whole = shown(&matrix, &analysis, &drawn, -1);
        let gone = whole
            .common_ground
            .first()
            .or(whole.groups.first().and_then(|g| g.says.first()))
            .map_or(0, |one| one.statement);
        let opinion = shown(&matrix, &analysis, &drawn, gone);
        let text = serde_json::to_string(&opinion).expect("written");
        assert!(!text.contains(&format!("\"id\":{gone},")), "{text}");
        assert!(!text.contains(&format!("\"statement\":{gone},")), "{text}");
        assert!(!opinion.uncertain.contains(&gone));
    }
}

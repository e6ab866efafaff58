//! Which statement a voter is shown next: the rule and its seeds.
//!
//! Drawn by `domain::vote::opinion::next` from the priorities that were last worked out, with a
//! seed of the consultation's own, the voter's cookie and the number of votes they have cast: the
//! same statement until they vote or the priorities change. What is recorded is the seed and the
//! rule of the consultation, with its first vote; never what a person was shown.

use std::collections::HashMap;

use domain::ids::ConsultationId;
use domain::vote::opinion::{Tally, Weighed, next, priority};
use domain::vote::read::StatementResult;

use crate::secret::{self, Secret};

/// The rule by which statements are chosen, as it is recorded: change it with the rule.
pub const RULE: &str = "polis-priority-1";

/// The seed of a consultation, recorded with its first vote.
pub fn seed(secret: &Secret, id: ConsultationId) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = secret.mac("routing", &id.0.to_be_bytes());
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// What statements are drawn from for the voters of one consultation.
#[derive(Clone, Debug)]
pub struct Draw {
    /// The priorities that were last worked out.
    pub weighed: Vec<Weighed>,
    /// The seed of the consultation.
    pub seed: i64,
}

impl Draw {
    /// The statement to show this voter, of those that are approved; `seen` are those with a vote of
    /// theirs. A statement that is newer than the priorities is weighed by its own counts.
    pub fn choose<'a>(
        &self,
        approved: &'a [StatementResult],
        seen: &[i64],
        token_hash: &str,
    ) -> Option<&'a StatementResult> {
        let known: HashMap<i64, f64> = self
            .weighed
            .iter()
            .map(|one| (one.statement, one.priority))
            .collect();
        let weighed: Vec<Weighed> = approved
            .iter()
            .map(|one| Weighed {
                statement: one.id.0,
                priority: known
                    .get(&one.id.0)
                    .copied()
                    .unwrap_or_else(|| priority(tally(one), 0.0, false)),
            })
            .collect();
        let chosen = next(&weighed, seen, of_voter(self.seed, token_hash, seen.len()))?;
        approved.iter().find(|one| one.id.0 == chosen.statement)
    }
}

/// The seed of one voter's next statement.
fn of_voter(seed: i64, token_hash: &str, votes: usize) -> u64 {
    let digest = secret::hash(format!("{seed}/{token_hash}/{votes}"));
    let start = digest.get(..16).unwrap_or_default();
    u64::from_str_radix(start, 16).unwrap_or_default()
}

fn tally(one: &StatementResult) -> Tally {
    let number = |count: i64| u32::try_from(count).unwrap_or(0);
    Tally {
        agrees: number(one.votes.agrees),
        disagrees: number(one.votes.disagrees),
        passes: number(one.votes.passes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::StatementId;
    use domain::vote::statement::Votes;

    fn approved(id: i64, agrees: i64) -> StatementResult {
        StatementResult {
            id: StatementId(id),
            text: String::new(),
            by_resident: false,
            votes: Votes {
                agrees,
                disagrees: agrees,
                passes: 0,
            },
        }
    }

    #[test]
    fn the_choice_stands_until_the_voter_votes_and_favours_what_few_have_seen() {
        let all = [approved(1, 200), approved(2, 0), approved(3, 200)];
        let draw = Draw {
            weighed: Vec::new(),
            seed: 7,
        };
        let mut first = [0_u32; 3];
        for voter in 0..300 {
            let hash = format!("voter {voter}");
            let choose = || draw.choose(&all, &[], &hash).map(|one| one.id);
            let chosen = choose();
            assert_eq!(chosen, choose());
            for (count, one) in first.iter_mut().zip(&all) {
                *count += u32::from(chosen == Some(one.id));
            }
        }
        assert!(first[1] > 250, "{first:?}");
        assert!(first[0] > 0 && first[2] > 0, "{first:?}");
        assert!(draw.choose(&all, &[1, 2, 3], "voter").is_none());
    }
}

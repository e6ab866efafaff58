//! Which statement a voter is shown next.
//!
//! Drawn by `domain::vote::opinion::next` from the priorities that were last worked out, with a
//! seed of the consultation's own, the voter's cookie and the number of votes they have cast: the
//! same statement until they vote or the priorities change. What is recorded is the seed and the
//! rule of the consultation, with its first vote; never what a person was shown.

use std::collections::HashMap;

use domain::ids::ConsultationId;
use domain::vote::opinion::{Tally, Weighed, next, priority};
use entity::statement;

use crate::secret::{self, Secret};

/// The rule by which statements are chosen, as it is recorded: change it with the rule.
pub const RULE: &str = "polis-priority-1";

/// The seed of a consultation, recorded with its first vote.
pub fn seed(secret: &Secret, id: ConsultationId) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = secret.mac("routing", &id.0.to_be_bytes());
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// The seed of one voter's next statement.
fn of_voter(seed: i64, token_hash: &str, votes: usize) -> u64 {
    let digest = secret::hash(&format!("{seed}/{token_hash}/{votes}"));
    let start = digest.get(..16).unwrap_or_default();
    u64::from_str_radix(start, 16).unwrap_or_default()
}

/// The statement to show this voter, of those that are approved; `seen` are those with a vote of
/// theirs. A statement that is newer than the `known` priorities is weighed by its own counts.
pub fn choose<'a>(
    approved: &'a [statement::Model],
    known: &[Weighed],
    seen: &[i64],
    seed: i64,
    token_hash: &str,
) -> Option<&'a statement::Model> {
    let known: HashMap<i64, f64> = known
        .iter()
        .map(|one| (one.statement, one.priority))
        .collect();
    let weighed: Vec<Weighed> = approved
        .iter()
        .map(|row| Weighed {
            statement: row.id,
            priority: known
                .get(&row.id)
                .copied()
                .unwrap_or_else(|| priority(tally(row), 0.0, false)),
        })
        .collect();
    let chosen = next(&weighed, seen, of_voter(seed, token_hash, seen.len()))?;
    approved.iter().find(|row| row.id == chosen.statement)
}

fn tally(row: &statement::Model) -> Tally {
    let number = |count: i64| u32::try_from(count).unwrap_or(0);
    Tally {
        agrees: number(row.agrees),
        disagrees: number(row.disagrees),
        passes: number(row.passes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approved(id: i64, agrees: i64) -> statement::Model {
        statement::Model {
            id,
            consultation_id: 1,
            text: String::new(),
            source: "seed".to_owned(),
            state: "approved".to_owned(),
            reason_code: None,
            voter_id: None,
            idempotency_key: None,
            import_ref: None,
            agrees,
            disagrees: agrees,
            passes: 0,
            created_at: 0,
        }
    }

    #[test]
    fn the_choice_stands_until_the_voter_votes_and_favours_what_few_have_seen() {
        let rows = [approved(1, 200), approved(2, 0), approved(3, 200)];
        let mut first = [0_u32; 3];
        for voter in 0..300 {
            let hash = format!("voter {voter}");
            let chosen = choose(&rows, &[], &[], 7, &hash).map(|row| row.id);
            assert_eq!(chosen, choose(&rows, &[], &[], 7, &hash).map(|row| row.id));
            for (count, row) in first.iter_mut().zip(&rows) {
                *count += u32::from(chosen == Some(row.id));
            }
        }
        assert!(first[1] > 250, "{first:?}");
        assert!(first[0] > 0 && first[2] > 0, "{first:?}");
        assert!(choose(&rows, &[], &[1, 2, 3], 7, "voter").is_none());
    }
}

//! Votes made up for measuring: a few groups who disagree, heavy and light voters.

use super::draw;
use super::matrix::Cast;

/// Groups in the made-up votes.
const GROUPS: usize = 4;

/// About `votes` votes of `participants` people on `statements` statements, the same for the same
/// seed, in no order. Each person votes on each statement at most once.
pub fn generate(participants: usize, statements: usize, votes: usize, seed: u64) -> Vec<Cast> {
    let mut state = seed;
    // How each group leans on each statement: most are common, some divide.
    let leans: Vec<[f64; GROUPS]> = (0..statements)
        .map(|_| {
            let common = draw::unit(&mut state);
            let divides = draw::unit(&mut state) < 0.4;
            std::array::from_fn(|_| {
                let own = draw::unit(&mut state);
                if divides { own } else { common }
            })
        })
        .collect();
    let mean = votes as f64 / participants.max(1) as f64;
    let mut cast = Vec::with_capacity(votes + votes / 8);
    let people = i64::try_from(participants).unwrap_or(i64::MAX);
    for person in 0..people {
        let group = (draw::next(&mut state) % GROUPS as u64) as usize;
        // Exponential number of votes: many leave early and a few see everything.
        let wanted = -mean * (1.0 - draw::unit(&mut state)).ln();
        let chance = wanted / statements.max(1) as f64;
        // Nobody takes part without a vote.
        let sure = draw::next(&mut state) % statements.max(1) as u64;
        for (statement, leans) in (0_i64..).zip(&leans) {
            let votes = draw::unit(&mut state) < chance;
            if !votes && statement.unsigned_abs() != sure {
                continue;
            }
            let lean = leans.get(group).copied().unwrap_or(0.5);
            let pass = draw::unit(&mut state) < 0.15;
            let agree = draw::unit(&mut state) < lean;
            cast.push(Cast {
                person,
                statement,
                value: match (pass, agree) {
                    (true, _) => 0,
                    (false, true) => 1,
                    (false, false) => -1,
                },
            });
        }
    }
    cast
}

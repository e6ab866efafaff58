//! Times the opinion groups on made-up votes and prints one line of JSON.
//!
//! Arguments, all optional: participants, statements, votes, seed.

use std::time::Instant;

use domain::vote::opinion::{Cast, OpinionReport, Settings, VoteMatrix, analyse, generate};

/// Peak memory of this process in kB, where the system says.
fn peak_kilobytes() -> Option<u64> {
    std::fs::read_to_string("/proc/self/status")
        .ok()?
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

fn millis(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 10_000.0).round() / 10.0
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .map(|argument| argument.parse::<usize>());
    let mut or = |usual: usize| arguments.next().and_then(Result::ok).unwrap_or(usual);
    let (people, statements, votes, seed) = (or(33_422), or(783), or(2_000_000), or(1));
    let casts = generate(people, statements, votes, seed as u64);
    let settings = Settings::open_data();

    let begun = Instant::now();
    let matrix = VoteMatrix::from_votes(casts);
    let gathered = millis(begun);
    let begun = Instant::now();
    let cold = analyse(&matrix, &settings, None);
    let whole = millis(begun);
    let again = analyse(&matrix, &settings, None);
    let same = cold == again;

    let warm = cold.warm(&matrix);
    // A thousand people change one vote each.
    let more: Vec<Cast> = matrix
        .casts()
        .step_by((matrix.votes() / 1_000).max(1))
        .take(1_000)
        .map(|cast| Cast {
            value: if cast.value > 0 { -1 } else { 1 },
            ..cast
        })
        .collect();
    let begun = Instant::now();
    let later = matrix.with_votes(more);
    let next = analyse(&later, &settings, Some(&warm));
    let increment = millis(begun);

    let report = OpinionReport::new(&matrix, &cold);
    println!(
        "{}",
        serde_json::json!({
            "bench": "opinion",
            "participants": report.participants,
            "statements": report.statements,
            "votes": report.votes,
            "k": report.k,
            "steps": cold.components.steps,
            "steps_warm": next.components.steps,
            "gather_millis": gathered,
            "whole_millis": whole,
            "increment_millis": increment,
            "peak_kilobytes": peak_kilobytes(),
            "deterministic": same,
        })
    );
}

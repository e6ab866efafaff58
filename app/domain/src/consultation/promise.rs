//! Words that promise people that they decide, where a vote only informs who does.
//!
//! “You choose the projects” beside “indicative” is a promise that nobody keeps. Deliberately not here:
//! what is done about it; see `gate` for the words of a consultation and `poll::faults` for those of a
//! poll. The rule knows plain phrases and misses others; what it finds can always be said another way.

/// Phrases that say that people decide.
const PROMISES: [&[&str]; 13] = [
    &["you", "decide"],
    &["you", "will", "decide"],
    &["you", "ll", "decide"],
    &["you", "choose", "the"],
    &["you", "choose", "what"],
    &["you", "choose", "which"],
    &["your", "vote", "decides"],
    &["your", "votes", "decide"],
    &["the", "vote", "decides"],
    &["the", "vote", "will", "decide"],
    &["people", "decide"],
    &["residents", "decide"],
    &["your", "decision"],
];

/// Words before such a phrase that make it one about something else: “before you decide how to vote”.
const OTHERWISE: [&str; 14] = [
    "before", "after", "once", "when", "while", "if", "until", "how", "help", "helps", "whether",
    "not", "never", "t",
];

/// Whether this says that the people who are asked decide.
pub fn says_that_people_decide(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    (0..words.len()).any(|at| {
        let (before, from) = words.split_at(at);
        let otherwise = before.last().is_some_and(|word| OTHERWISE.contains(word));
        !otherwise && PROMISES.iter().any(|promise| from.starts_with(promise))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_promises_that_people_decide_is_seen_and_what_is_near_it_is_not() {
        for text in [
            "Neighbourhood fund: you decide what we pay for",
            "The levy pays. **You choose the projects.**",
            "You’ll decide!",
            "YOU\nDECIDE",
            "Which it is: your decision.",
        ] {
            assert!(says_that_people_decide(text), "{text}");
        }
        for text in [
            "",
            "Read this before you decide how to vote.",
            "Help us choose what to pay for",
            "The Cabinet decides in March, with what you say before it.",
            "Your vote counts once. You choose up to three.",
            "Tell us how you choose the way you travel",
            "This is not your decision: the Cabinet decides in March.",
            "It isn’t your decision. You don’t decide; your answers inform who does.",
            "Giving your name is up to you",
            "This helps people decide how to travel",
        ] {
            assert!(!says_that_people_decide(text), "{text}");
        }
    }
}

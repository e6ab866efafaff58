//! What in a text may say who somebody is: found by rules, on our own machine, before sending.
//!
//! A warning, never a refusal: people may have a reason. Deliberately not here: names of third
//! persons, which no rule can distinguish from names of streets. Invariant: time linear in the text.

use crate::council::Postcode;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalKind {
    /// An email address.
    Email,
    /// A telephone number: ten or eleven digits from 0, or from +44.
    Phone,
    /// A postcode.
    Postcode,
    /// A vehicle's registration in the form used since 2001.
    NumberPlate,
    /// A word about somebody's health.
    Health,
}

/// A find: what it is and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// What it may be.
    pub kind: PersonalKind,
    /// As written.
    pub words: String,
}

const HEALTH: [&str; 22] = [
    "asthma",
    "autistic",
    "autism",
    "cancer",
    "dementia",
    "depression",
    "diabetes",
    "diabetic",
    "diagnosed",
    "diagnosis",
    "disability",
    "disabled",
    "epilepsy",
    "epileptic",
    "gp",
    "illness",
    "medication",
    "miscarriage",
    "pregnant",
    "stroke",
    "suicidal",
    "wheelchair",
];

/// At most this many finds in one text: enough to act on.
pub const MOST: usize = 10;

/// What may be personal in this text, in order, each wording once.
pub fn find(text: &str) -> Vec<Personal> {
    let mut found: Vec<Personal> = Vec::new();
    let mut add = |kind, words: &str| {
        let known = found.iter().any(|f| f.kind == kind && f.words == words);
        if found.len() < MOST && !known {
            found.push(Personal {
                kind,
                words: words.to_owned(),
            });
        }
    };
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut skip = 0;
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if is_email(word) {
            add(PersonalKind::Email, word);
        } else if let Some(taken) = phone(words.get(at..).unwrap_or_default()) {
            let parts = words.get(at..at + taken).unwrap_or_default();
            add(PersonalKind::Phone, &parts.join(" "));
            skip = taken - 1;
        } else if is_plate(word) || (word.len() == 4 && is_plate(&format!("{word}{next}"))) {
            let split = !is_plate(word);
            let whole = if split {
                format!("{word} {next}")
            } else {
                (*word).to_owned()
            };
            add(PersonalKind::NumberPlate, &whole);
            skip = usize::from(split);
        } else if is_postcode(word) {
            add(PersonalKind::Postcode, word);
        } else if word.len() <= 4 && next.len() == 3 && is_postcode(&format!("{word} {next}")) {
            add(PersonalKind::Postcode, &format!("{word} {next}"));
            skip = 1;
        } else if HEALTH.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            add(PersonalKind::Health, word);
        }
    }
    found
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.contains('@')
    })
}

/// Capitals or digits only, as postcodes and plates are usually written: "so 9am" is neither.
fn is_postcode(word: &str) -> bool {
    !word.chars().any(|c| c.is_lowercase()) && Postcode::parse(word).is_ok()
        || word.len() >= 6 && !word.contains('-') && Postcode::parse(word).is_ok()
}

fn is_plate(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 7
        && bytes.iter().enumerate().all(|(at, b)| {
            if at == 2 || at == 3 {
                b.is_ascii_digit()
            } else {
                b.is_ascii_alphabetic()
            }
        })
}

/// How many of these words together are one telephone number.
fn phone(words: &[&str]) -> Option<usize> {
    let first = words.first()?;
    if !first.starts_with(['0', '+']) {
        return None;
    }
    let mut digits = String::new();
    for (taken, word) in words.iter().take(5).enumerate() {
        if !word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.'))
        {
            return None;
        }
        digits.extend(word.chars().filter(char::is_ascii_digit));
        let whole = if first.starts_with('+') {
            digits.len() == 12 && digits.starts_with("44")
        } else {
            digits.len() == 11
        };
        if whole {
            return Some(taken + 1);
        }
        if digits.len() > 12 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(PersonalKind, String)> {
        find(text).into_iter().map(|f| (f.kind, f.words)).collect()
    }

    #[test]
    fn what_says_who_somebody_is_is_found_as_people_write_it() {
        use PersonalKind::{Email, Health, NumberPlate, Phone, Postcode};
        for (text, kind, words) in [
            ("write to jo.b@example.org.", Email, "jo.b@example.org"),
            ("call 07700 900123 today", Phone, "07700 900123"),
            ("call 0121-496-0123, ask Jo", Phone, "0121-496-0123"),
            ("(0121) 496 0123", Phone, "0121 496 0123"),
            ("+44 7700 900 123", Phone, "+44 7700 900 123"),
            ("the house at DY1 1HF is", Postcode, "DY1 1HF"),
            ("car AB12 CDE parks", NumberPlate, "AB12 CDE"),
            ("car ab12cde parks", NumberPlate, "ab12cde"),
            ("My son is autistic", Health, "autistic"),
        ] {
            assert_eq!(kinds(text), [(kind, words.to_owned())], "{text}");
        }
    }

    #[test]
    fn ordinary_sentences_raise_no_alarm() {
        for text in [
            "We need 20 mph by 2027 and 3 crossings",
            "The A4123 and the B4171 flood at 5pm",
            "10 to 12 homes, 0.5 ha, 1,200 people",
            "It is a step up from the old plan of 1998",
            "meet @ the park",
            "block b11bb",
            "",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn many_finds_are_cut_off_and_each_is_told_once() {
        assert_eq!(find(&"a@b.cd ".repeat(50)).len(), 1);
        let many: String = (0..50).map(|n| format!("a{n}@b.cd ")).collect();
        assert_eq!(find(&many).len(), MOST);
    }
}

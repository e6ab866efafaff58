//! What in a text may say who somebody is: found by rules, on our own machine.
//!
//! A warning, never a refusal: people may have a reason. Deliberately not here: names of third
//! persons, which no rule can distinguish from names of streets. Invariant: time linear in the text.

mod plate;

use std::ops::Range;

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
    /// A vehicle's registration (`plate`).
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

/// A find where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it may be.
    pub kind: PersonalKind,
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// Its words, with one space between each.
    pub words: String,
}

/// What may be personal in this text, in order, each wording once.
pub fn find(text: &str) -> Vec<Personal> {
    let mut told: Vec<Personal> = Vec::new();
    for Found { kind, words, .. } in places(text) {
        let known = told.iter().any(|f| f.kind == kind && f.words == words);
        if !known {
            told.push(Personal { kind, words });
        }
        if told.len() == MOST {
            break;
        }
    }
    told
}

/// Every place of the text that may be personal, in order: none reaches into the next.
pub fn places(text: &str) -> Vec<Found> {
    let (words, starts) = words_of(text);
    // Where everything is in capitals, capitals say nothing.
    let shouted = words.len() > 3 && !text.chars().any(char::is_lowercase);
    let mut found = Vec::new();
    let mut at = 0;
    while let (Some(word), Some(start)) = (words.get(at), starts.get(at)) {
        let rest = words.get(at..).unwrap_or_default();
        let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
        let next = words.get(at + 1).copied().unwrap_or_default();
        let kind = if is_email(word) {
            Some((PersonalKind::Email, 1))
        } else if let Some(taken) = phone(rest) {
            Some((PersonalKind::Phone, taken))
        } else if is_postcode(word) {
            Some((PersonalKind::Postcode, 1))
        } else if word.len() <= 4 && next.len() == 3 && is_postcode(&format!("{word} {next}")) {
            Some((PersonalKind::Postcode, 2))
        } else if let Some(taken) = plate::begins(before, rest, shouted) {
            Some((PersonalKind::NumberPlate, taken))
        } else if HEALTH.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            Some((PersonalKind::Health, 1))
        } else {
            None
        };
        let taken = kind.map_or(1, |(_, taken)| taken);
        if let Some((kind, _)) = kind {
            let parts = rest.get(..taken).unwrap_or_default();
            let last = starts.get(at + taken - 1).zip(parts.last());
            let end = last.map_or(*start, |(start, word)| start + word.len());
            found.push(Found {
                kind,
                at: *start..end,
                words: parts.join(" "),
            });
        }
        at += taken;
    }
    found
}

/// The words of a text without what stands around them, and where each begins.
fn words_of(text: &str) -> (Vec<&str>, Vec<usize>) {
    let around = |c: char| !c.is_alphanumeric() && c != '+';
    let mut from = 0;
    let mut words = Vec::new();
    let mut starts = Vec::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let tail = piece.trim_start_matches(around);
        let word = tail.trim_end_matches(around);
        if !word.is_empty() {
            words.push(word);
            starts.push(from + piece.len() - tail.len());
        }
        from += piece.len();
    }
    (words, starts)
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
            ("car AB 12 CDE parks", NumberPlate, "AB 12 CDE"),
            ("(AB12 CDE)", NumberPlate, "AB12 CDE"),
            ("it was P123 XYZ again", NumberPlate, "P123 XYZ"),
            ("it was p123xyz again", NumberPlate, "p123xyz"),
            ("an old ABC 123D", NumberPlate, "ABC 123D"),
            ("a lorry, LIZ 4321", NumberPlate, "LIZ 4321"),
            ("number plate 123 ABC", NumberPlate, "123 ABC"),
            ("reg is ab1234", NumberPlate, "ab1234"),
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
            "The B12 bus and the B12 BUS are late",
            "THE B12 BUS IS LATE AND THE A38 HAS NO LANE",
            "Block B12, 30 mph, 4x4, 20mph, M5, PM2 5, CO2",
            "l8ter, m8ing, b4you",
            "to 10 the, by10 and at12 the, no 7 on the 126 bus",
            "",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn each_find_is_known_by_where_it_stands() {
        let text = "Écris: (0121) 496 0123, or DY1 1HF. AB12 CDE, AB12 CDE!";
        let marked: Vec<&str> = places(text)
            .into_iter()
            .filter_map(|found| text.get(found.at))
            .collect();
        assert_eq!(
            marked,
            ["0121) 496 0123", "DY1 1HF", "AB12 CDE", "AB12 CDE"]
        );
        assert_eq!(find(text).len(), 3);
    }

    #[test]
    fn many_finds_are_cut_off_and_each_is_told_once() {
        assert_eq!(find(&"a@b.cd ".repeat(50)).len(), 1);
        let many: String = (0..50).map(|n| format!("a{n}@b.cd ")).collect();
        assert_eq!(find(&many).len(), MOST);
    }
}

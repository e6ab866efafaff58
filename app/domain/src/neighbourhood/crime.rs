//! Signs in a concern that it is a crime, which belongs to 101 and not here.
//!
//! The kinds are the categories of crime that the police publish for each street (data.police.uk, “About”:
//! crime categories), as far as people name them in a word or two; anti-social behaviour, litter and
//! drug use are what concerns are for. A number plate points to one driver, who is a matter for 101 as
//! well (police.uk, “Report a crime”). Deliberately not here: a refusal. Words can’t tell a crime from
//! talk of one, so whoever wrote them may say that it is none. Invariant: time linear in the text.

use super::NewConcern;
use crate::personal::{self, PersonalKind};

/// What a sign points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Something was taken.
    Theft,
    /// Somebody broke in.
    BreakIn,
    /// Somebody was hurt or threatened.
    Violence,
    /// A sexual offence, or stalking.
    SexualOffence,
    /// A knife or a gun.
    Weapon,
    /// Drugs are sold.
    DrugDealing,
    /// Something was set on fire.
    Arson,
    /// The registration of a vehicle.
    NumberPlate,
}

/// A sign and its words as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What it points to.
    pub sign: Sign,
    /// As written.
    pub words: String,
}

/// At most this many are told.
const MOST: usize = 6;

/// Words that are a sign by themselves; `*` ends a stem.
const WORDS: [(Sign, &[&str]); 6] = [
    (
        Sign::Theft,
        &[
            "mugged",
            "mugger*",
            "mugging*",
            "pickpocket*",
            "robbed",
            "robber*",
            "robbing",
            "shoplift*",
            "steal",
            "stealing",
            "steals",
            "stole",
            "stolen",
            "theft*",
            "thief",
            "thieves",
        ],
    ),
    (
        Sign::BreakIn,
        &["break-in", "break-ins", "burgl*", "housebreak*"],
    ),
    (
        Sign::Violence,
        &[
            "assault*",
            "attacked",
            "attacker*",
            "kidnap*",
            "murder*",
            "punched",
            "stabbed",
            "stabbing*",
            "strangl*",
        ],
    ),
    (
        Sign::SexualOffence,
        &[
            "groped", "groping", "rape", "raped", "rapist*", "stalked", "stalker*", "stalking",
        ],
    ),
    (
        Sign::Weapon,
        &[
            "firearm*", "gun", "guns", "gunshot*", "knife", "knives", "machete*", "pistol*",
        ],
    ),
    (Sign::Arson, &["arson", "arsonist*"]),
];

/// Words that are a sign one after another.
const PHRASES: [(Sign, &[&str]); 22] = [
    (Sign::BreakIn, &["break", "ins"]),
    (Sign::BreakIn, &["break", "into"]),
    (Sign::BreakIn, &["breaks", "into"]),
    (Sign::BreakIn, &["breaking", "in"]),
    (Sign::BreakIn, &["breaking", "into"]),
    (Sign::BreakIn, &["broke", "in"]),
    (Sign::BreakIn, &["broke", "into"]),
    (Sign::BreakIn, &["broken", "into"]),
    (Sign::Violence, &["beat", "up"]),
    (Sign::Violence, &["beaten", "up"]),
    (Sign::Violence, &["domestic", "abuse"]),
    (Sign::Violence, &["domestic", "violence"]),
    (Sign::Violence, &["hate", "crime"]),
    (Sign::Violence, &["threatened", "to", "kill"]),
    (Sign::SexualOffence, &["indecent", "exposure"]),
    (Sign::SexualOffence, &["exposed", "himself"]),
    (Sign::DrugDealing, &["county", "lines"]),
    (Sign::Arson, &["set", "alight"]),
    (Sign::Arson, &["set", "fire"]),
    (Sign::Arson, &["sets", "fire"]),
    (Sign::Arson, &["setting", "fire"]),
    (Sign::Arson, &["set", "on", "fire"]),
];

/// Drugs, which are dealt where one of `SOLD` stands within three words.
const DRUGS: [&str; 8] = [
    "cannabis", "cocaine", "drug", "drugs", "heroin", "ketamine", "spice", "weed",
];
const SOLD: [&str; 11] = [
    "deal", "dealer", "dealers", "dealing", "deals", "dealt", "sell", "seller", "selling", "sells",
    "sold",
];

/// The signs of a crime in a concern, in order, each wording once.
pub fn signs(new: &NewConcern) -> Vec<Signed> {
    let mut told: Vec<Signed> = Vec::new();
    for text in [&new.what, &new.place] {
        let plates = personal::find(text)
            .into_iter()
            .filter(|one| one.kind == PersonalKind::NumberPlate)
            .map(|one| Signed {
                sign: Sign::NumberPlate,
                words: one.words,
            });
        for one in crimes(text).into_iter().chain(plates) {
            if told.len() < MOST && !told.contains(&one) {
                told.push(one);
            }
        }
    }
    told
}

/// The words of these signs, by which somebody says of which they know that they are no crime.
pub fn wording(signs: &[Signed]) -> String {
    let words: Vec<&str> = signs.iter().map(|one| one.words.as_str()).collect();
    words.join(", ")
}

fn crimes(text: &str) -> Vec<Signed> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-' && !APOSTROPHES.contains(&c))
        .flat_map(parts)
        .map(|word| word.trim_matches(APOSTROPHES))
        .filter(|word| !word.is_empty())
        .collect();
    let lower: Vec<String> = words.iter().map(|word| as_known(word)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = lower.get(at..).filter(|rest| !rest.is_empty()) {
        let sign = sign_at(rest);
        let taken = sign.map_or(1, |(_, taken)| taken);
        if let Some((sign, taken)) = sign {
            let words = words.get(at..at + taken).unwrap_or_default().join(" ");
            found.push(Signed { sign, words });
        }
        at += taken;
    }
    found
}

const APOSTROPHES: [char; 3] = ['\'', '’', '‘'];

/// A word that is known with its hyphen, or what stands between hyphens.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let plain = as_known(word.trim_matches(APOSTROPHES));
    let whole = alone(&plain).is_some();
    word.split(move |c| c == '-' && !whole)
}

/// In small letters, without the *s* of whose it is.
fn as_known(word: &str) -> String {
    let word = word.to_lowercase();
    let whose = APOSTROPHES
        .iter()
        .find_map(|mark| word.strip_suffix('s')?.strip_suffix(*mark));
    whose.map(str::to_owned).unwrap_or(word)
}

fn alone(word: &str) -> Option<Sign> {
    let known = |(_, known): &&(Sign, &[&str])| known.iter().any(|one| matches(one, word));
    WORDS.iter().find(known).map(|(sign, _)| *sign)
}

/// The sign that begins here, and of how many words it is.
fn sign_at(words: &[String]) -> Option<(Sign, usize)> {
    let first = words.first()?;
    if let Some(sign) = alone(first) {
        return Some((sign, 1));
    }
    let together = PHRASES.iter().find(|(_, phrase)| {
        words.len() >= phrase.len() && words.iter().zip(*phrase).all(|(word, known)| word == known)
    });
    if let Some((sign, phrase)) = together {
        return Some((*sign, phrase.len()));
    }
    let (drugs, sold) = (is_of(&DRUGS, first), is_of(&SOLD, first));
    if words.get(1).is_some_and(|next| next == "with") {
        // “Deal with” is what councils do.
        return None;
    }
    let other = words
        .iter()
        .skip(1)
        .take(3)
        .position(|word| drugs && is_of(&SOLD, word) || sold && is_of(&DRUGS, word));
    other.map(|between| (Sign::DrugDealing, between + 2))
}

fn is_of(list: &[&str], word: &str) -> bool {
    list.contains(&word)
}

fn matches(known: &str, word: &str) -> bool {
    match known.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_text(what: &str) -> Vec<(Sign, String)> {
        let new = NewConcern {
            what: what.to_owned(),
            ..NewConcern::default()
        };
        let told = signs(&new).into_iter();
        told.map(|one| (one.sign, one.words)).collect()
    }

    #[test]
    fn a_crime_is_seen_in_the_words_that_people_use_for_it() {
        for (text, sign, words) in [
            ("A man steals bikes here", Sign::Theft, "steals"),
            ("There were three Break-ins", Sign::BreakIn, "Break-ins"),
            ("Somebody broke into the sheds", Sign::BreakIn, "broke into"),
            ("We were burgled in May", Sign::BreakIn, "burgled"),
            ("My son was beaten up", Sign::Violence, "beaten up"),
            ("He carries a knife.", Sign::Weapon, "knife"),
            (
                "Drugs are dealt by the gate",
                Sign::DrugDealing,
                "Drugs are dealt",
            ),
            ("They are dealing weed", Sign::DrugDealing, "dealing weed"),
            ("Bins are set on fire", Sign::Arson, "set on fire"),
            (
                "Drug-dealing in the park",
                Sign::DrugDealing,
                "Drug dealing",
            ),
            (
                "Drug-dealers at the gate",
                Sign::DrugDealing,
                "Drug dealers",
            ),
            ("There is knife-crime", Sign::Weapon, "knife"),
            ("Much car-theft", Sign::Theft, "theft"),
            ("A thief’s bag lay there", Sign::Theft, "thief’s"),
            ("It was 'stolen'", Sign::Theft, "stolen"),
            ("A red van, AB12 CDE, races", Sign::NumberPlate, "AB12 CDE"),
        ] {
            assert_eq!(in_text(text), [(sign, words.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_concerns_are_for_is_no_sign_of_a_crime() {
        for text in [
            "Cars race past the school every Friday night",
            "Needles in the flower beds, and people who smoke weed",
            "There is a break in the fence and the B12 bus stops there, DY1 1HF",
            "Shouting and broken bottles. The council has to deal with drug litter",
            "The shop sells drinks to children",
            "I don’t use the underpass any more. Graffiti everywhere",
        ] {
            assert_eq!(in_text(text), [], "{text}");
        }
    }

    #[test]
    fn the_words_of_all_signs_are_what_is_said_to_be_no_crime() {
        let new = NewConcern {
            what: "He steals bikes and steals cars, AB12 CDE".to_owned(),
            place: "Where we were robbed".to_owned(),
            ..NewConcern::default()
        };
        assert_eq!(wording(&signs(&new)), "steals, AB12 CDE, robbed");
    }
}

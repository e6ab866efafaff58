//! Vehicle registrations as they are written in a sentence.
//!
//! The forms are those of the Road Vehicles (Display of Registration Marks) Regulations 2001 (SI 2001/561)
//! and DVLA’s INF104: `AB12 CDE` since 2001, `A123 BCD` since 1983, `ABC 123D` since 1963, `ABZ 1234` in
//! Northern Ireland, and the dateless ones before. Roads, buses and postcodes look alike, so the rarer a
//! form, the more has to say that it is one: capitals, or “number plate” before it.

/// What stands for letters of a plate in ordinary sentences: “B12 BUS”, “20 MPH”, “at10 the”.
const ORDINARY: [&str; 44] = [
    "ALL", "AND", "ANY", "ARE", "ASB", "BBC", "BUS", "BUT", "CAN", "CAR", "DAY", "FOR", "GPS",
    "HAD", "HAS", "HGV", "KMH", "LED", "LGV", "MIN", "MOT", "MPH", "NHS", "NOT", "ONE", "OUR",
    "OUT", "PCN", "PMS", "SUV", "THE", "TRO", "TWO", "VAN", "WAS", "WHO", "YOU", "AM", "PM", "KM",
    "TH", "ND", "ST", "RD",
];

/// What people write before a registration.
const SAID: [&str; 8] = [
    "numberplate",
    "plate",
    "plates",
    "reg",
    "registered",
    "registration",
    "vrm",
    "vrn",
];

/// How many of these words are a registration, if one begins here. `shouted` says that the whole text
/// is in capitals.
pub(super) fn begins(before: &[&str], words: &[&str], shouted: bool) -> Option<usize> {
    let said = before
        .iter()
        .any(|word| SAID.iter().any(|known| word.eq_ignore_ascii_case(known)));
    (1..=3).find(|taken| {
        words.get(..*taken).is_some_and(|parts| {
            let capitals = !parts
                .iter()
                .any(|part| part.chars().any(char::is_lowercase));
            let written = Written {
                parts: parts.len(),
                capitals: capitals && (!shouted || said),
                said,
            };
            is_plate(parts, written)
        })
    })
}

/// How it is written.
#[derive(Clone, Copy)]
struct Written {
    /// In how many pieces.
    parts: usize,
    /// In capitals, where that says something.
    capitals: bool,
    /// Something before it says that it is a registration.
    said: bool,
}

fn is_plate(parts: &[&str], written: Written) -> bool {
    if !parts
        .iter()
        .all(|part| part.len() <= 7 && part.bytes().all(|b| b.is_ascii_alphanumeric()))
    {
        return false;
    }
    // In pieces, a run that is cut in two is two runs, and so no form of a plate.
    let lengths: Vec<Run<'_>> = parts.iter().flat_map(|part| runs(part)).collect();
    let clear = written.capitals || written.said;
    match lengths.as_slice() {
        [Run::Letters(a), Run::Digits(b), Run::Letters(c)] => match (a.len(), b.len(), c.len()) {
            (2, 2, 3) => is_code(c) && (written.parts < 3 || clear),
            (1, 1..=3, 3) => {
                has_none_of(a, "IOUZ")
                    && has_none_of(c, "IQ")
                    && is_code(c)
                    && (clear || (b.len() == 3 && written.parts == 1))
            }
            (3, 1..=3, 1) => {
                has_none_of(c, "IOQUZ")
                    && is_code(a)
                    && (clear || (b.len() == 3 && written.parts == 1))
            }
            _ => false,
        },
        [Run::Letters(a), Run::Digits(b)] => {
            let irish = a.len() == 3 && !has_none_of(a, "IZ") && b.len() >= 3 && written.capitals;
            irish && is_code(a) && b.len() <= 4 || dateless(a, b, written)
        }
        [Run::Digits(a), Run::Letters(b)] => dateless(b, a, written),
        _ => false,
    }
}

fn dateless(letters: &str, digits: &str, written: Written) -> bool {
    written.said
        && (written.parts == 1 || written.capitals)
        && letters.len() <= 3
        && digits.len() <= 4
        && letters.len() + digits.len() >= 4
        && is_code(letters)
}

fn is_code(letters: &str) -> bool {
    !ORDINARY
        .iter()
        .any(|word| letters.eq_ignore_ascii_case(word))
}

fn has_none_of(letters: &str, these: &str) -> bool {
    !letters
        .chars()
        .any(|c| these.contains(c.to_ascii_uppercase()))
}

/// Letters or digits that stand together.
enum Run<'a> {
    Letters(&'a str),
    Digits(&'a str),
}

/// A word taken apart where letters and digits meet.
fn runs(word: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(if digits {
            Run::Digits(run)
        } else {
            Run::Letters(run)
        });
        rest = after;
    }
    runs
}

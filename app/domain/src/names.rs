//! Names as people look for them: without regard to capitals and accents, in lists and in addresses.

use std::cmp::Ordering;
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use crate::typed::{is_seen, trimmed};

/// The text in small letters without the accents of Latin letters: *Café Zoë* is `cafe zoe`. Letters of
/// Latin that are none with an accent are written as they are in English. Other scripts keep their marks:
/// those of Indic scripts are vowels, those of Japanese tell *ga* from *ka*.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_latin = false;
    let plain = text.nfkd().filter(move |c| {
        let accent = after_latin && is_accent(*c);
        after_latin = accent || is_latin(*c);
        !accent
    });
    for c in plain.flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ŋ' => out.push_str("ng"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ŧ' => out.push('t'),
            'ı' => out.push('i'),
            c => out.push(c),
        }
    }
    out
}

/// The accents that Latin letters have.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether this is a letter of Latin, taken apart.
fn is_latin(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, 'A'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
}

/// The order of two names in a list; of two that differ only in capitals and accents, always the same.
pub fn in_order(a: &str, b: &str) -> Ordering {
    folded(a).cmp(&folded(b)).then_with(|| a.cmp(b))
}

/// Whether these are the same name but for capitals, accents of Latin letters and punctuation.
pub fn same(a: &str, b: &str) -> bool {
    essence(a) == essence(b)
}

/// Whether two of these names are [`same`].
pub fn any_twice<'a>(names: impl IntoIterator<Item = &'a str>) -> bool {
    let mut seen = HashSet::new();
    names.into_iter().any(|name| !seen.insert(essence(name)))
}

/// What is written between words and changes none: without it a name is the same.
const BETWEEN: &str = ".,;:!?'\"()[]{}/\\*_-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}‘’‚“”„«»…·•";

/// What tells a name from others: all but white space and what stands between words. Of what has nothing
/// else all of it.
fn essence(name: &str) -> String {
    let folded = folded(name);
    let mut out = String::with_capacity(folded.len());
    let mut before = ' ';
    let mut rest = folded.chars().peekable();
    while let Some(c) = rest.next() {
        let next_is_digit = rest.peek().is_some_and(|next| next.is_numeric());
        if !BETWEEN.contains(c) && is_seen(c) {
            out.push(c);
        } else if before.is_numeric() && next_is_digit {
            // 1.5 is not 15.
            out.push('.');
        } else if "-\u{2010}\u{2011}".contains(c) && !before.is_alphanumeric() && next_is_digit {
            // −10 is not 10.
            out.push('\u{2212}');
        }
        before = c;
    }
    if out.is_empty() {
        trimmed(name).to_owned()
    } else {
        out
    }
}

/// Puts a list in the order of the names of what is in it.
pub fn sort_by_name<T>(list: &mut [T], name: impl Fn(&T) -> &str) {
    list.sort_by_cached_key(|one| (folded(name(one)), name(one).to_owned()));
}

/// A name as an address has it: small letters of ASCII and digits, joined by single dashes.
pub fn slug(name: &str) -> String {
    words(&folded(name)).collect::<Vec<_>>().join("-")
}

/// The longest address name before its number.
const LONGEST_SLUG: usize = 60;

/// The address names that are tried for this name, in their order: its own, of as many whole words as are
/// not too long, or `otherwise` where it has none; then the same with a number behind it.
pub fn slugs(name: &str, otherwise: &str) -> impl Iterator<Item = String> {
    let own = slug(name);
    let end = match own.split_at_checked(LONGEST_SLUG) {
        Some((begin, rest)) if !rest.is_empty() && !rest.starts_with('-') => {
            begin.rfind('-').unwrap_or(0)
        }
        Some((begin, _)) => begin.len(),
        None => own.len(),
    };
    let base = match own.get(..end) {
        Some(begin) if !begin.is_empty() => begin.to_owned(),
        _ => otherwise.to_owned(),
    };
    std::iter::once(base.clone()).chain((2_u32..).map(move |number| format!("{base}-{number}")))
}

/// The words of a folded name that an address can have.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_an_address_has_letters_digits_and_single_dashes() {
        for (name, right) in [
            (" Parks & Streets, 2026! ", "parks-streets-2026"),
            ("---", ""),
            ("Café Zoë", "cafe-zoe"),
            ("Cafe\u{301} Zoe\u{308}", "cafe-zoe"),
            ("Ŵyl Llŷn", "wyl-llyn"),
            (
                "Straße in Łódź, Århus, Reykjavík, İzmir",
                "strasse-in-lodz-arhus-reykjavik-izmir",
            ),
            ("Œuvre æther Þór ﬁre ①", "oeuvre-aether-thor-fire-1"),
            ("公園", ""),
        ] {
            assert_eq!(slug(name), right, "{name}");
        }
    }

    #[test]
    fn names_are_the_same_but_for_how_they_are_written() {
        assert!(same("Café Trust", "CAFE  TRUST."));
        assert!(same("公園", "公園") && same("!", "!"));
        assert!(!same("公園", "協会") && !same("!", "?") && !same("Dudley", "Dudly"));
        // Composed or taken apart, with what nobody sees.
        assert!(same("がく", "か\u{3099}く") && same("Zoë", "Zoe\u{308}\u{200d}"));
        assert!(same("Ǿrsted İz", "orsted iz") && same("❤\u{fe0f} Parks", "❤ Parks"));
        assert!(same("Parks (north)", "Parks – North") && same("-10%", "\u{2212}10%"));
        for (one, other) in [
            ("£1.5m", "£15m"),
            ("1-2", "12"),
            ("Raise by 5%", "Raise by £5"),
            ("-10%", "10%"),
            ("❤ Parks", "Parks"),
            ("C", "C°"),
            ("Under <18", "Under >18"),
            ("A+", "A"),
            ("ਸਿੱਖ ਕੇਂਦਰ", "ਸੁਖ ਕੇਂਦਰ"),
            ("सेवा", "सवि"),
            ("ক্ত", "কত"),
            ("がく", "かく"),
            ("กำ", "กา"),
            ("мой", "мои"),
        ] {
            assert!(same(one, one) && !same(one, other), "{one} {other}");
            assert!(any_twice([one, other, one]) && !any_twice([one, other]));
        }
    }

    #[test]
    fn a_name_without_letters_for_an_address_has_one_all_the_same() {
        let three = |name| slugs(name, "team").take(3).collect::<Vec<_>>();
        assert_eq!(three("公園"), ["team", "team-2", "team-3"]);
        assert_eq!(three("Zoë"), ["zoe", "zoe-2", "zoe-3"]);
        let long = |name: String| slugs(&name, "team").next().unwrap_or_default();
        let twelve = ["word"; 12].join("-");
        assert_eq!(twelve.len(), 59);
        assert_eq!(long("word ".repeat(40)), twelve);
        assert_eq!(
            long(format!("{}s more", "word ".repeat(12).trim())),
            format!("{twelve}s")
        );
        assert_eq!(long("a".repeat(61)), "team");
        assert_eq!(long("a".repeat(60)), "a".repeat(60));
        let sixty = "Improvements to walking and cycling routes around the school";
        assert_eq!(long(sixty.to_owned()), slug(sixty));
    }

    #[test]
    fn lists_are_in_the_order_in_which_people_look_for_names() {
        let mut names = vec![
            "Zeals",
            "amblecote",
            "Élan Valley",
            "Ŵyl",
            "Amblecote",
            "Eastham",
            "Elmley",
            "Wythall",
        ];
        sort_by_name(&mut names, |name| name);
        assert_eq!(
            names,
            [
                "Amblecote",
                "amblecote",
                "Eastham",
                "Élan Valley",
                "Elmley",
                "Ŵyl",
                "Wythall",
                "Zeals",
            ]
        );
        assert_eq!(in_order("amblecote", "Zeals"), Ordering::Less);
        assert_eq!(in_order("Zoë", "Zoe"), Ordering::Greater);
    }
}

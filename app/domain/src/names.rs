//! Names as people look for them: without regard to capitals and accents, in lists and in addresses.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in small letters without accents: *Café Zoë* is `cafe zoe`. Letters of Latin that are none
/// with an accent are written as they are in English; other scripts stay.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
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
            // What is left of İ in small letters.
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The order of two names in a list; of two that differ only in capitals and accents, always the same.
pub fn in_order(a: &str, b: &str) -> Ordering {
    folded(a).cmp(&folded(b)).then_with(|| a.cmp(b))
}

/// Whether these are the same name but for capitals, accents and punctuation.
pub fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        let mut folded = folded(text);
        folded.retain(char::is_alphanumeric);
        folded
    };
    a == b || (letters(a) == letters(b) && !letters(a).is_empty())
}

/// Puts a list in the order of the names of what is in it.
pub fn sort_by_name<T>(list: &mut [T], name: impl Fn(&T) -> &str) {
    list.sort_by_cached_key(|one| (folded(name(one)), name(one).to_owned()));
}

/// A name as an address has it: small letters of ASCII and digits, joined by single dashes.
pub fn slug(name: &str) -> String {
    words(&folded(name)).collect::<Vec<_>>().join("-")
}

/// The address names that are tried for this name, in their order: its own, or `otherwise` where it has
/// none, then the same with a number behind it.
pub fn slugs(name: &str, otherwise: &str) -> impl Iterator<Item = String> {
    let own = slug(name);
    let base = if own.is_empty() {
        otherwise.to_owned()
    } else {
        own
    };
    std::iter::once(base.clone()).chain((2_u32..).map(move |number| format!("{base}-{number}")))
}

/// The words of a folded name that an address can have.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> {
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
    }

    #[test]
    fn a_name_without_letters_for_an_address_has_one_all_the_same() {
        let three = |name| slugs(name, "team").take(3).collect::<Vec<_>>();
        assert_eq!(three("公園"), ["team", "team-2", "team-3"]);
        assert_eq!(three("Zoë"), ["zoe", "zoe-2", "zoe-3"]);
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

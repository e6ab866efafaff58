//! What somebody typed or pasted: what its characters mean, and whether anything can be seen of it.
//!
//! A control character is never a reason to refuse words: it comes with what is pasted from a word
//! processor or an old file, and becomes what it meant there. Text of which nothing can be seen is no
//! text, wherever something has to be written. Deliberately not here: how much may be written.

use std::borrow::Cow;

/// What Windows-1252 has where Unicode has the control characters U+0080 to U+009F, from 0x80 on;
/// nothing where it has nothing. 0x85 is left to NEL, the new line of other old systems.
const WINDOWS_1252: [&str; 32] = [
    "€", "", "‚", "ƒ", "„", "\n", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "", "", "‘", "’",
    "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ",
];

/// The text with every control character as what it meant: ends of lines of any kind are new lines
/// (CR, vertical tab, form feed, NEL, the two separators of Unicode), characters of Windows-1252 that
/// came as control characters are themselves, tabs stay, the rest is left out, as are the codes that
/// are no characters.
pub fn meant(text: String) -> String {
    if !text.chars().any(is_control) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        let begins_with_return = std::mem::replace(&mut after_return, c == '\r');
        match c {
            '\n' if begins_with_return => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\u{80}'..='\u{9f}' => {
                let meant = WINDOWS_1252.get(c as usize - 0x80);
                out.push_str(meant.copied().unwrap_or_default());
            }
            c if is_control(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether the text is to be looked at character by character.
fn is_control(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fdd0}'..='\u{fdef}')
        || code & 0xfffe == 0xfffe
}

/// Nothing can be seen of these, alone or together: Unicode's Default_Ignorable_Code_Point, and the
/// blanks that are no white space to Unicode.
const UNSEEN: [(char, char); 25] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    // A pattern of Braille without a dot.
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    // Blanks of Egyptian hieroglyphs, of the Khitan small script and of music.
    ('\u{13430}', '\u{13440}'),
    ('\u{13441}', '\u{13446}'),
    ('\u{16fe4}', '\u{16fe4}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
    // For private use: what is seen of them, if anything, is between two people and their typeface.
    ('\u{e000}', '\u{f8ff}'),
    ('\u{f0000}', '\u{ffffd}'),
    ('\u{100000}', '\u{10fffd}'),
];

/// Whether anything can be seen of it.
pub fn is_seen(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !UNSEEN.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

/// Whether nothing can be seen of this: there are no words in it.
pub fn is_blank(text: &str) -> bool {
    !text.chars().any(is_seen)
}

/// The text without the white space around it; nothing where nothing can be seen of it.
pub fn trimmed(text: &str) -> &str {
    if is_blank(text) { "" } else { text.trim() }
}

/// The same in one line: what breaks lines or leaves gaps in it becomes one space.
pub fn in_one_line(text: &str) -> Cow<'_, str> {
    let text = trimmed(text);
    let mut before = 'x';
    let plain = text.chars().all(|c| {
        let gap = c.is_whitespace();
        let ok = !gap || (c == ' ' && before != ' ');
        before = c;
        ok
    });
    if plain {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        meant(text.to_owned())
    }

    #[test]
    fn a_control_character_becomes_what_it_meant() {
        for (typed, right) in [
            ("one\u{b}two", "one\ntwo"),
            ("one\u{c}two", "one\ntwo"),
            ("one\u{85}two", "one\ntwo"),
            ("one\u{2028}two\u{2029}three", "one\ntwo\nthree"),
            (
                "one\r\ntwo\rthree\n\nfour\r\r\n",
                "one\ntwo\nthree\n\nfour\n\n",
            ),
            ("it\u{92}s \u{93}so\u{94} \u{96} \u{80}5", "it’s “so” – €5"),
            ("\u{8a}koda \u{9e}ivot \u{9f}", "Škoda život Ÿ"),
            ("a\u{81}\u{8d}\u{8f}\u{90}\u{9d}b", "ab"),
            ("a\u{0}\u{3}\u{7}\u{8}\u{1b}\u{1f}\u{7f}b", "ab"),
            ("a\tb", "a\tb"),
            ("a\u{fffe}\u{ffff}\u{1ffff}\u{fdd0}b", "ab"),
            ("naïve café 公園 🌳 \u{a0}", "naïve café 公園 🌳 \u{a0}"),
        ] {
            assert_eq!(read(typed), right, "{typed:?}");
        }
    }

    #[test]
    fn no_control_character_is_left_but_tab_and_new_line() {
        for code in 0..=0x10_ffff {
            let Some(c) = char::from_u32(code) else {
                continue;
            };
            let text = read(&format!("a{c}b"));
            let clean = |c: char| !c.is_control() || c == '\n' || c == '\t';
            assert!(text.chars().all(clean), "{code:x}");
            assert!(text.starts_with('a') && text.ends_with('b'), "{code:x}");
            assert_eq!(read(&text), text, "{code:x}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_no_text() {
        for unseen in [
            "",
            " \n\t",
            "\u{200b}",
            "\u{3164}",
            "\u{2800}\u{2800}",
            "\u{ad}",
            "\u{200e}\u{200f}\u{202a}\u{202c}\u{2066}\u{2069}\u{61c}",
            "\u{feff}",
            "\u{a0}\u{2003}\u{3000}",
            "\u{200d}\u{fe0f}",
            "\u{e0041}\u{e007f}",
            "\u{115f}\u{1160}\u{ffa0}",
            "\u{e000}",
        ] {
            assert!(is_blank(unseen), "{unseen:?}");
            assert_eq!(trimmed(unseen), "", "{unseen:?}");
        }
        for seen in [
            "a",
            "不",
            "ا",
            "❤\u{fe0f}",
            "\u{200f}مرحبا",
            ".",
            "👩\u{200d}🌾",
            "\u{301}",
        ] {
            assert!(!is_blank(seen), "{seen:?}");
            assert_eq!(trimmed(&format!(" {seen}\n")), seen);
        }
    }

    #[test]
    fn one_line_has_no_gaps() {
        assert_eq!(in_one_line(" Ann\n\tLee "), "Ann Lee");
        assert_eq!(in_one_line("Ann  Lee"), "Ann Lee");
        assert_eq!(in_one_line("Ann Lee"), "Ann Lee");
        assert_eq!(in_one_line("\u{200b} \u{3164}"), "");
    }
}

//! The Atom feed of what is new (RFC 4287).

use domain::consultation::read::FeedEntry;
use jiff::Timestamp;

use crate::paths;

/// The feed, newest change first. `base_url` has no slash at its end.
pub fn atom(base_url: &str, entries: &[FeedEntry]) -> String {
    let base = escape(base_url.trim_end_matches('/'));
    let updated = entries
        .iter()
        .map(|entry| entry.updated)
        .max()
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n\
         <title>Consultations</title>\n<id>{base}{hub}</id>\n<link href=\"{base}{hub}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{feed}\"/>\n\
         <updated>{updated}</updated>\n<author><name>Soundings</name></author>\n",
        hub = paths::HUB,
        feed = paths::FEED,
    );
    for entry in entries {
        let address = format!("{base}{}", escape(&paths::consultation(&entry.slug)));
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{address}</id>\n<link href=\"{address}\"/>\n\
             <published>{}</published>\n<updated>{}</updated>\n<summary>{}</summary>\n</entry>\n",
            escape(&entry.title),
            entry.published,
            entry.updated,
            escape(&entry.summary)
        ));
    }
    out.push_str("</feed>\n");
    out
}

/// Text of an XML document: without the characters that no document of XML 1.0 may hold, however
/// written (production 2, Char), since one of them makes the whole feed unreadable.
fn escape(text: &str) -> String {
    let held = |c: &char| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars()
        .filter(held)
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_holds_no_character_that_xml_forbids() {
        let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        let every: String = ('\u{0}'..=char::MAX).collect();
        let escaped = escape(&every);
        assert!(escaped.chars().all(allowed));
        for kept in [
            "\t",
            "\n",
            "é",
            "\u{85}",
            "\u{fffd}",
            "\u{1fffe}",
            "\u{10ffff}",
        ] {
            assert!(escaped.contains(kept), "{kept:?}");
        }
        let entry = FeedEntry {
            slug: "trees".into(),
            title: "Tr\u{fffe}ees\u{c}".into(),
            summary: "\u{ffff}Where?\u{1b}".into(),
            published: Timestamp::UNIX_EPOCH,
            updated: Timestamp::UNIX_EPOCH,
        };
        let xml = atom("https://council.example", &[entry]);
        assert!(xml.contains("<title>Trees</title>") && xml.contains("<summary>Where?</summary>"));
        assert!(xml.chars().all(allowed));
    }

    #[test]
    fn a_feed_says_when_it_changed_and_escapes_what_officers_wrote() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let entry = FeedEntry {
            slug: "trees".into(),
            title: "Trees & <seats>".into(),
            summary: "\"Where?\"".into(),
            published: at(60),
            updated: at(120),
        };
        let xml = atom("https://council.example/", &[entry]);
        for part in [
            "<title>Trees &amp; &lt;seats&gt;</title>",
            "<summary>&quot;Where?&quot;</summary>",
            "<id>https://council.example/consultations/trees</id>",
            "<published>1970-01-01T00:01:00Z</published>",
            "href=\"https://council.example/consultations.atom\"",
        ] {
            assert!(xml.contains(part), "{part} in {xml}");
        }
        assert_eq!(
            xml.matches("<updated>1970-01-01T00:02:00Z</updated>")
                .count(),
            2
        );
    }
}

//! In which coding an answer is sent, and whether the browser has it already (RFC 9110, 12.5.3 and
//! 13.1.2).

use axum::http::{HeaderMap, header};

/// A coding of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
    /// As it is.
    Identity,
}

impl Coding {
    /// Its name in a header; none for content as it is.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Coding::Brotli => Some("br"),
            Coding::Gzip => Some("gzip"),
            Coding::Identity => None,
        }
    }

    /// The tag of content in this coding, in quotation marks: bytes that differ have tags that differ.
    pub fn tag(self, digest: &str) -> String {
        match self.name() {
            Some(name) => format!("\"{digest}-{name}\""),
            None => format!("\"{digest}\""),
        }
    }
}

/// The one of these that the client likes best; of those it likes as much, the first. Content as it
/// is where it takes none of them.
pub(super) fn chosen(headers: &HeaderMap, held: &[Coding]) -> Coding {
    let asked: Vec<(String, u16)> = items(headers, header::ACCEPT_ENCODING)
        .map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = match parts.next() {
                None => 1_000,
                Some(text) => weight(text).unwrap_or(0),
            };
            (name, weight)
        })
        .collect();
    let said = |name: &str| {
        let found = asked.iter().find(|(asked, _)| asked == name);
        found.map(|(_, weight)| *weight)
    };
    let plain = said("identity").unwrap_or(0);
    let mut best = (Coding::Identity, plain);
    for coding in held.iter().rev() {
        let Some(name) = coding.name() else { continue };
        let weight = said(name).or_else(|| said("*")).unwrap_or(0);
        if weight > 0 && weight >= best.1 {
            best = (*coding, weight);
        }
    }
    best.0
}

/// `q=0.5` in thousandths.
fn weight(text: &str) -> Option<u16> {
    let value = text.strip_prefix(['q', 'Q'])?.trim_start();
    let value: f32 = value.strip_prefix('=')?.trim_start().parse().ok()?;
    (0.0..=1.0)
        .contains(&value)
        .then_some((value * 1_000.0) as u16)
}

/// Whether the client says that it has what this tag stands for.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    items(headers, header::IF_NONE_MATCH)
        .any(|item| item == "*" || item.strip_prefix("W/").unwrap_or(item) == tag)
}

/// The items of a header that is a list, in as many lines as it came.
fn items(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(name: header::HeaderName, lines: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(&name, HeaderValue::from_static(line));
        }
        headers
    }

    #[test]
    fn a_client_gets_a_coding_that_it_takes() {
        use Coding::{Brotli, Gzip, Identity};
        for (lines, coding) in [
            (&[][..], Identity),
            (&["gzip, deflate, br"][..], Brotli),
            (&["gzip, deflate"], Gzip),
            (&["br;q=0"], Identity),
            (&["br;q=0, gzip"], Gzip),
            (&["BR ; Q=0.000"], Identity),
            (&["br;q=0.4, gzip;q=0.8"], Gzip),
            (&["br;q=0.001"], Brotli),
            (&["br;q=0.5, identity"], Identity),
            (&["zebra"], Identity),
            (&["brotli, xbr, gzipped"], Identity),
            (&["*"], Brotli),
            (&["*;q=0"], Identity),
            (&["br;q=0, *"], Gzip),
            (&["identity;q=0, br"], Brotli),
            (&["br;q=much"], Identity),
            (&["deflate", "br"], Brotli),
            (&[""], Identity),
        ] {
            let asked = headers(header::ACCEPT_ENCODING, lines);
            assert_eq!(chosen(&asked, &[Brotli, Gzip]), coding, "{lines:?}");
        }
        let asked = headers(header::ACCEPT_ENCODING, &["gzip, br"]);
        assert_eq!(chosen(&asked, &[]), Identity);
    }

    #[test]
    fn a_tag_is_known_by_the_whole_of_it() {
        let sent = headers(header::IF_NONE_MATCH, &["\"a\", W/\"b-br\"", "\"c\""]);
        for known in ["\"a\"", "\"b-br\"", "\"c\""] {
            assert!(is_known(&sent, known), "{known}");
        }
        for unknown in ["\"b\"", "\"a-br\"", "\"\"", "a"] {
            assert!(!is_known(&sent, unknown), "{unknown}");
        }
        assert!(is_known(&headers(header::IF_NONE_MATCH, &["*"]), "\"x\""));
        let tags = [Coding::Identity, Coding::Brotli, Coding::Gzip].map(|c| c.tag("x"));
        assert_eq!(tags, ["\"x\"", "\"x-br\"", "\"x-gzip\""]);
    }
}

//! Small answers: a redirect, to a page of our own and nowhere else.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Whether this is a path of our own, for every browser. They leave tabs and line ends out of an
/// address, and take `\` for `/`, so that what follows one might become a host.
pub fn is_own(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(|c: char| c == '\\' || c.is_control())
}

/// 303: it is done, look here. `path` must be a path of our own; anything else goes home.
pub fn see_other(path: &str) -> Response {
    let target = own(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
}

/// 308: it is here for good. None where `path` is no path of our own.
pub(super) fn moved(path: &str) -> Option<Response> {
    let target = own(path)?;
    Some((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response())
}

fn own(path: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(path).ok().filter(|_| is_own(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where a browser that is here lands.
    fn lands(location: &str) -> url::Origin {
        let here = url::Url::parse("https://here.example/sign-in").expect("an address");
        here.join(location).map_or(here.origin(), |to| to.origin())
    }

    fn location(answer: &Response) -> String {
        let value = answer.headers().get(header::LOCATION).expect("a place");
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    }

    #[test]
    fn paths_of_our_own_are_kept_and_nothing_else_is() {
        for own in [
            "/",
            "/desk",
            "/consultations?q=a%20b&page=2#top",
            "/a//b",
            "/%09/b",
            "/a:b@c",
        ] {
            assert_eq!(location(&see_other(own)), own);
        }
        for other in [
            "",
            "desk",
            "//b.example",
            "/\\b.example",
            "/\t/b.example",
            "/\n/b",
            "\t//b",
            "/\u{b}/b",
            "/\u{0}",
            "/\u{7f}/b",
            "/\u{85}/b",
            "https://b.example",
            "javascript:alert(1)",
        ] {
            assert!(!is_own(other), "{other:?}");
            assert_eq!(location(&see_other(other)), "/", "{other:?}");
            assert!(moved(other).is_none(), "{other:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn whatever_is_asked_for_leads_to_a_page_of_our_own(
            parts in prop::collection::vec(
                prop_oneof![
                    4 => prop::sample::select(vec![
                        "/", "//", "\\", "\t", "\n", "\r", "\u{0}", "\u{b}", "\u{c}", "\u{1f}", "\u{7f}",
                        "\u{85}", "\u{a0}", "\u{2028}", "\u{3000}", "\u{ff0f}", "%09", "%0a", "%2f",
                        "%5c", "%00", "@", ":", "?", "#", ".", "..", " ", "evil.example", "https:",
                        "javascript:", "[", "]", "&", ";",
                    ]).prop_map(str::to_owned),
                    1 => any::<char>().prop_map(|c| c.to_string()),
                ],
                0..8,
            ),
            begins in any::<bool>(),
        ) {
            let asked = format!("{}{}", if begins { "/" } else { "" }, parts.concat());
            let here = lands("/");
            prop_assert_eq!(&lands(&location(&see_other(&asked))), &here, "{:?}", asked);
            if is_own(&asked) {
                prop_assert_eq!(&lands(&asked), &here, "{:?}", asked);
            }
        }
    }
}

//! What stands behind the question mark of an address.
//!
//! Invariant: nothing there makes a page fail. What is not known, can't be read or is said again is left
//! out, each for itself; what is typed there is taken as it was meant ([`domain::typed`]), as in any form.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use domain::typed;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

/// More than any page knows; what follows is left out.
const MOST_PAIRS: usize = 50;

/// What a query says. Every field of `T` has a default.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

type Pair = (String, String);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Default,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(read(parts.uri.query().unwrap_or_default())))
    }
}

fn read<T: DeserializeOwned + Default>(query: &str) -> T {
    let mut pairs = pairs(query);
    pairs.retain(|pair| deserialized::<T>(std::slice::from_ref(pair)).is_some());
    deserialized(&pairs).unwrap_or_default()
}

/// The pairs that can be used: the first of each name.
fn pairs(query: &str) -> Vec<Pair> {
    let mut kept: Vec<Pair> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).take(MOST_PAIRS) {
        let name = typed::meant(name.into_owned());
        if kept.iter().all(|(known, _)| *known != name) {
            kept.push((name, typed::meant(value.into_owned())));
        }
    }
    kept
}

fn deserialized<T: DeserializeOwned>(pairs: &[Pair]) -> Option<T> {
    let uri: Uri = format!("/?{}", written(pairs)).parse().ok()?;
    let read = axum::extract::Query::<T>::try_from_uri(&uri).ok()?;
    Some(read.0)
}

fn written(pairs: &[Pair]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// The query with what a page knows alone, in the page's order: two addresses that say the same to
/// it are one.
pub(super) fn of_known(query: &str, known: &[&str]) -> String {
    let pairs = pairs(query);
    let kept: Vec<Pair> = known
        .iter()
        .filter_map(|name| pairs.iter().find(|(said, _)| said == name).cloned())
        .collect();
    written(&kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug, Default, PartialEq)]
    #[serde(default)]
    struct Asked {
        q: String,
        page: u64,
        statement: Option<i64>,
    }

    #[test]
    fn what_can_not_be_read_is_left_out_and_the_rest_is_read() {
        let asked = |q: &str, page, statement| Asked {
            q: q.to_owned(),
            page,
            statement,
        };
        for (query, reads) in [
            ("", asked("", 0, None)),
            ("q=a+b&page=2&statement=7", asked("a b", 2, Some(7))),
            ("q=a&q=b", asked("a", 0, None)),
            ("page=abc&q=a", asked("a", 0, None)),
            ("statement=abc&page=3", asked("", 3, None)),
            ("page=-1&page=2", asked("", 0, None)),
            ("page=99999999999999999999&q=a", asked("a", 0, None)),
            ("q=%00&page=2", asked("", 2, None)),
            ("q=a%1bb&%00=c", asked("ab", 0, None)),
            (
                "q=%c2%93caf%c3%a9%c2%94%0d%0a&page=2%00",
                asked("“café”\n", 2, None),
            ),
            ("q=a%00&%00q=b", asked("a", 0, None)),
            ("q=%ff%&&==&page", asked("\u{fffd}%", 0, None)),
            ("unknown=%00&x[]=1&q=a", asked("a", 0, None)),
        ] {
            assert_eq!(read::<Asked>(query), reads, "{query}");
        }
    }

    #[test]
    fn addresses_that_say_the_same_are_one() {
        let known = ["q", "page"];
        assert_eq!(of_known("page=2&q=a%20b&x=1&q=c", &known), "q=a+b&page=2");
        assert_eq!(of_known("x=random", &known), "");
        assert_eq!(of_known("q=a%00b", &known), "q=ab");
        assert_eq!(of_known("q=a", &[]), "");
    }
}

//! Addresses as people type them from paper, and as nobody does.

use axum::extract::Request;
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::Response;

use crate::http::Error;
use crate::http::percent::unescaped;

/// Middleware around every page: an address with characters that no address of ours has, and that
/// not every database takes, is nobody's. Those of a query are left out by [`super::Query`].
pub async fn readable_address(request: Request, next: Next) -> Result<Response, Error> {
    if is_readable(request.uri().path()) {
        Ok(next.run(request).await)
    } else {
        Err(Error::NotFound)
    }
}

/// Whether a path is UTF-8 without control characters once it is decoded.
fn is_readable(path: &str) -> bool {
    let decoded = unescaped(path.as_bytes(), |byte| byte).bytes;
    String::from_utf8(decoded).is_ok_and(|text| !text.contains(char::is_control))
}

/// What stands before the code of an area.
const BEFORE_AREAS: [&str; 2] = ["/areas", "/desk/concerns/areas"];

/// Where a page is that is not found here: the same address as it is printed, without a slash at its
/// end and in small letters, but for the codes of areas, which are capitals. None where that is this
/// very address, or it has escapes, of which none of ours has any.
pub(super) fn as_printed(asked: &Uri) -> Option<String> {
    let mut path = String::with_capacity(asked.path().len());
    for part in asked.path().trim_end_matches('/').split('/').skip(1) {
        let printed = if BEFORE_AREAS.contains(&path.as_str()) {
            part.to_ascii_uppercase()
        } else {
            part.to_ascii_lowercase()
        };
        path.push('/');
        path.push_str(&printed);
    }
    if path.is_empty() || path == asked.path() || path.contains('%') {
        return None;
    }
    if let Some(query) = asked.query() {
        path.push('?');
        path.push_str(query);
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_control_characters_or_of_no_characters_is_nobodys() {
        for path in [
            "/",
            "/consultations/a-b",
            "/a%20b%2Fc",
            "/%C3%A9",
            "/100%",
            "/%zz",
            "/%+1",
        ] {
            assert!(is_readable(path), "{path}");
        }
        for path in [
            "/%00",
            "/a%00b",
            "/%0A",
            "/%7f",
            "/%c2%85",
            "/%ff",
            "/%c3",
            "/%ED%A0%80",
        ] {
            assert!(!is_readable(path), "{path}");
        }
    }

    #[test]
    fn an_address_typed_from_paper_is_found_as_it_is_printed() {
        for (typed, printed) in [
            ("/receipt/", Some("/receipt")),
            ("/Receipt", Some("/receipt")),
            (
                "/CONSULTATIONS/Library-Hours//?page=A",
                Some("/consultations/library-hours?page=A"),
            ),
            ("/Areas/e05009368/", Some("/areas/E05009368")),
            (
                "/areas/e05009368/neighbourhood",
                Some("/areas/E05009368/neighbourhood"),
            ),
            (
                "/desk/concerns/areas/e05009368",
                Some("/desk/concerns/areas/E05009368"),
            ),
            // A consultation about areas, and whatever else has the word in it.
            (
                "/consultations/areas/Respond/",
                Some("/consultations/areas/respond"),
            ),
            ("/consultations/areas/respond", None),
            ("/receipt", None),
            ("/areas/E05009368", None),
            ("/", None),
            ("///", None),
            ("/A%00b/", None),
        ] {
            let asked: Uri = typed.parse().expect("an address");
            let found = as_printed(&asked);
            assert_eq!(found.as_deref(), printed, "{typed}");
            let again = found.map(|found| as_printed(&found.parse().expect("an address")));
            assert!(
                matches!(again, None | Some(None)),
                "{typed}: once is enough"
            );
        }
    }
}

//! Cookies of our own making: read from a request, set on a response.
//!
//! Invariant: each is `HttpOnly`, goes to the pages below its path and nowhere else, and is `Secure`
//! wherever the site is reached by https. What a value means, and whether it
//! is signed, is for whoever sets it. The session's cookie is deliberately not here: its layer has it.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use crate::config::Config;

/// Half a year, in seconds: for what belongs to a browser rather than to a visit.
pub const HALF_A_YEAR: u32 = 15_552_000;

/// The values that the browser sent under this name, in its order. There may be several: browsers
/// send the cookies of every path that a page is below.
pub fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(move |pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Whether a link on somebody else's page brings the cookie along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// It does: people come to these pages by links in letters.
    Lax,
    /// It does not.
    Strict,
}

/// A cookie to set.
#[derive(Clone, Copy, Debug)]
pub struct NewCookie<'a> {
    /// Its name.
    pub name: &'static str,
    /// Its value, in characters that a header can hold.
    pub value: &'a str,
    /// The path below which the browser sends it.
    pub path: &'a str,
    /// For how many seconds it is kept.
    pub seconds: u32,
    /// Who brings it along.
    pub same_site: SameSite,
}

impl NewCookie<'_> {
    fn header(&self, config: &Config) -> Option<HeaderValue> {
        let Self {
            name,
            value,
            path,
            seconds,
            same_site,
        } = self;
        let secure = if config.is_https() { "; Secure" } else { "" };
        HeaderValue::from_str(&format!(
            "{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite={same_site:?}{secure}"
        ))
        .ok()
    }

    /// The answer with this cookie on it, and those that were on it before.
    pub fn on(&self, config: &Config, mut response: Response) -> Response {
        if let Some(value) = self.header(config) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }
}

/// The answer that has the browser forget the cookie of this name and path.
pub fn forget(config: &Config, name: &'static str, path: &str, response: Response) -> Response {
    let gone = NewCookie {
        name,
        value: "",
        path,
        seconds: 0,
        same_site: SameSite::Lax,
    };
    gone.on(config, response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_wherever_it_stands() {
        let mut headers = HeaderMap::new();
        for sent in ["session=1; voter=a.b; voters=no", "xvoter=no;voter=c=d"] {
            headers.append(header::COOKIE, HeaderValue::from_static(sent));
        }
        let found: Vec<&str> = values(&headers, "voter").collect();
        assert_eq!(found, ["a.b", "c=d"]);
        assert_eq!(values(&headers, "vote").count(), 0);
    }
}

//! A browser without scripts: keeps cookies, sends forms as browsers do.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::Page;

/// A browser with its cookies. A clone shares them.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: Arc<Mutex<BTreeMap<String, (String, String)>>>,
}

impl Browser {
    pub(super) fn new(router: Router) -> Self {
        Self {
            router,
            cookies: Arc::default(),
        }
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Page {
        let request = self.request(Method::GET, path).body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// Gets a page and follows where it leads, at most five times.
    pub async fn follow(&self, path: &str) -> Page {
        let mut page = self.get(path).await;
        for _ in 0..5 {
            match page.location() {
                Some(next) => page = self.get(&next).await,
                None => break,
            }
        }
        page
    }

    /// Sends a form from one of our own pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = encode(fields.iter().copied());
        self.post_body(path, "application/x-www-form-urlencoded", body)
            .await
    }

    /// Sends bytes of this type from one of our own pages.
    pub async fn post_body(&self, path: &str, kind: &str, body: impl Into<Body>) -> Page {
        let request = self
            .request(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, super::BASE_URL)
            .header(header::CONTENT_TYPE, kind)
            .body(body.into());
        self.send(request.expect("a request")).await
    }

    /// Sends a form from a page of somebody else's.
    pub async fn post_cross_site(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self
            .request(Method::POST, path)
            .header("sec-fetch-site", "cross-site")
            .header(header::ORIGIN, "https://elsewhere.example")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encode(fields.iter().copied())));
        self.send(request.expect("a request")).await
    }

    /// Sends fields and files: `(field, file name, type, bytes)`.
    pub async fn post_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str, &[u8])],
    ) -> Page {
        const EDGE: &str = "the-edge-between-parts";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!(
                    "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .into_bytes(),
            );
        }
        for (name, file, kind, bytes) in files {
            body.extend(
                format!(
                    "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"; \
                     filename=\"{file}\"\r\ncontent-type: {kind}\r\n\r\n"
                )
                .into_bytes(),
            );
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        self.post_body(path, &kind, body).await
    }

    /// Fills in the form that `selector` finds on the page and sends it: hidden fields and values
    /// on the page go along, `changes` replace every value of their name.
    pub async fn submit(&self, page: &Page, selector: &str, changes: &[(&str, &str)]) -> Page {
        let (action, mut fields) = page.form(selector);
        fields.retain(|(name, _)| !changes.iter().any(|(n, _)| n == name));
        fields.extend(
            changes
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
        );
        let body = encode(fields.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        self.post_body(&action, "application/x-www-form-urlencoded", body)
            .await
    }

    /// Whether a cookie of this name is held.
    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.lock().expect("a lock").contains_key(name)
    }

    /// Every cookie of `other` in this browser too, as if somebody had copied them.
    pub fn steal_cookies(&self, other: &Browser) {
        let stolen = other.cookies.lock().expect("a lock").clone();
        *self.cookies.lock().expect("a lock") = stolen;
    }

    /// A request with this browser's cookies, to be finished and sent.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let bare = path.split(['?', '#']).next().unwrap_or(path);
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .expect("a lock")
            .iter()
            .filter(|(_, (_, scope))| bare.starts_with(scope.as_str()))
            .map(|(name, (value, _))| format!("{name}={value}"))
            .collect();
        let mut builder = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:3000");
        if !cookies.is_empty() {
            builder = builder.header(header::COOKIE, cookies.join("; "));
        }
        builder
    }

    /// Sends a request and keeps the cookies of its answer.
    pub async fn send(&self, request: Request<Body>) -> Page {
        let path = request.uri().to_string();
        let answer = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().expect("a cookie of text"));
        }
        let body = body.collect().await.expect("a whole body").to_bytes();
        Page {
            path,
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        }
    }

    fn keep(&self, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let (name, value) = parts
            .next()
            .and_then(|pair| pair.split_once('='))
            .expect("a name and a value");
        let attributes: Vec<String> = parts.map(str::to_lowercase).collect();
        let scope = attributes
            .iter()
            .find_map(|a| a.strip_prefix("path="))
            .unwrap_or("/")
            .to_owned();
        let gone = attributes.iter().any(|a| a == "max-age=0") || value.is_empty();
        let mut cookies = self.cookies.lock().expect("a lock");
        if gone {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), (value.to_owned(), scope));
        }
    }
}

fn encode<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

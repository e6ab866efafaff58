//! Forms as pairs: names may repeat, order is kept. Urlencoded or multipart.
//!
//! Invariant: bounded in bytes, in pairs, and free of control characters but new lines.

use std::sync::{Arc, OnceLock};

use app::pairs::Pairs;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};

use crate::http::Error;

/// The most bytes of a form without files.
pub const MOST_BYTES: usize = 512 * 1024;
const MOST_PAIRS: usize = 2_000;

/// Where the form of a request leaves what it held, for the page of a failure.
#[derive(Clone, Debug, Default)]
pub struct FormSent(Arc<OnceLock<Kept>>);

/// What a form held.
#[derive(Debug)]
pub struct Kept {
    /// Its fields.
    pub pairs: Pairs,
    /// Whether there were no files.
    pub whole: bool,
}

impl FormSent {
    /// What was left, if the request had a form that could be read.
    pub fn kept(&self) -> Option<&Kept> {
        self.0.get()
    }

    fn keep(&self, form: &Form) {
        let _ = self.0.set(Kept {
            pairs: form.pairs.clone(),
            whole: form.uploads.is_empty(),
        });
    }
}

/// A form that was sent.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Its fields.
    pub pairs: Pairs,
    /// Its files.
    pub uploads: Vec<Upload>,
}

/// A file that was sent.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The field.
    pub field: String,
    /// The file's name as the browser gave it.
    pub file_name: String,
    /// Its bytes.
    pub bytes: bytes::Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let sent = request.extensions().get::<FormSent>().cloned();
        let form = Self::read(request, state).await?;
        if let Some(sent) = sent {
            sent.keep(&form);
        }
        Ok(form)
    }
}

impl Form {
    async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Error> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if kind.starts_with("application/x-www-form-urlencoded") {
            let bytes = axum::body::to_bytes(request.into_body(), MOST_BYTES)
                .await
                .map_err(|_| Error::TooLarge)?;
            return Ok(Self {
                pairs: parse(&bytes)?,
                uploads: Vec::new(),
            });
        }
        if kind.starts_with("multipart/form-data") {
            let multipart = Multipart::from_request(request, state)
                .await
                .map_err(|_| Error::Malformed)?;
            return read_multipart(multipart).await;
        }
        Err(Error::Malformed)
    }
}

/// Reads urlencoded bytes; refuses what is not UTF-8.
fn parse(bytes: &[u8]) -> Result<Pairs, Error> {
    let mut pairs = Vec::new();
    for part in bytes.split(|b| *b == b'&').filter(|part| !part.is_empty()) {
        if pairs.len() == MOST_PAIRS {
            return Err(Error::TooLarge);
        }
        let (name, value) = match part.iter().position(|b| *b == b'=') {
            Some(at) => (&part[..at], &part[at + 1..]),
            None => (part, &part[..0]),
        };
        pairs.push((decode(name)?, decode(value)?));
    }
    Ok(Pairs::new(pairs))
}

fn decode(raw: &[u8]) -> Result<String, Error> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut digit = || {
                    rest.next()
                        .and_then(|d| (*d as char).to_digit(16))
                        .ok_or(Error::Malformed)
                };
                let (high, low) = (digit()?, digit()?);
                bytes.push((high * 16 + low) as u8);
            }
            other => bytes.push(*other),
        }
    }
    clean(String::from_utf8(bytes).map_err(|_| Error::Malformed)?)
}

/// New lines in one form; other control characters are refused.
fn clean(text: String) -> Result<String, Error> {
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Error::Malformed);
    }
    Ok(text)
}

async fn read_multipart(mut multipart: Multipart) -> Result<Form, Error> {
    let mut form = Form::default();
    let mut pairs = Vec::new();
    let refused = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Error::TooLarge
        } else {
            Error::Malformed
        }
    };
    while let Some(field) = multipart.next_field().await.map_err(refused)? {
        if pairs.len() + form.uploads.len() == MOST_PAIRS {
            return Err(Error::TooLarge);
        }
        let name = clean(field.name().unwrap_or_default().to_owned())?;
        let named = field.file_name();
        match named.map(|name| name.replace(char::is_control, "")) {
            Some(file_name) => {
                let bytes = field.bytes().await.map_err(refused)?;
                if !file_name.is_empty() {
                    form.uploads.push(Upload {
                        field: name,
                        file_name,
                        bytes,
                    });
                }
            }
            None => {
                let bytes = field.bytes().await.map_err(refused)?;
                let text = String::from_utf8(bytes.to_vec()).map_err(|_| Error::Malformed)?;
                pairs.push((name, clean(text)?));
            }
        }
    }
    form.pairs = Pairs::new(pairs);
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_keep_their_order_and_repeats_and_wrong_encodings_are_refused() {
        let pairs = parse(b"a=1&b=two+words&a=%C3%A9&c").expect("readable");
        assert_eq!(pairs.all("a").collect::<Vec<_>>(), ["1", "é"]);
        assert_eq!(pairs.one("b"), "two words");
        assert_eq!(pairs.one("c"), "");
        for wrong in [&b"a=%"[..], b"a=%zz", b"a=%ff", b"a=%00", b"a=%07"] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}

//! Forms as pairs: names may repeat, order is kept. Urlencoded or multipart.
//!
//! Invariant: bounded in bytes and in pairs; no control characters but tabs and new lines. What is
//! refused here leaves its words for the page that says so.

use std::sync::{Arc, OnceLock};

use app::pairs::Pairs;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use domain::typed;

use crate::http::Error;

/// How much a form takes. Over it the form is refused as a whole; what is too long for its field is
/// said at the field, so a form takes twice what all its fields do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    bytes: usize,
    pairs: usize,
}

impl Bounds {
    /// For a form whose fields take so many characters and that sends so many pairs.
    pub const fn of(characters: usize, pairs: usize) -> Self {
        Self {
            bytes: 2 * characters * BYTES_OF_A_CHARACTER + FRAME,
            pairs: 2 * pairs + 100,
        }
    }

    /// The wider of both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.max(other.bytes),
            pairs: self.pairs.max(other.pairs),
        }
    }
}

/// Four bytes of UTF-8, each written as `%XX`.
const BYTES_OF_A_CHARACTER: usize = 12;
/// Names of fields, keys, versions.
const FRAME: usize = 64 * 1024;
/// Of every form that does not say otherwise: the one with the longest text, and the beginnings of
/// lists that grow.
const ORDINARY: Bounds = Bounds::of(app::consultation::forms::MOST_BODY + 1_000, 1_000);
/// How much is read of a form that is refused, so that its words are not lost.
const MOST_READ: usize = 4 * 1024 * 1024;

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
        Self::within(request, state, ORDINARY).await
    }
}

impl Form {
    /// The form of a request, within these bounds or the ordinary ones, whichever are wider.
    ///
    /// # Errors
    /// [`Error::TooLarge`] and [`Error::Malformed`], with what could be read left for their page.
    pub async fn within<S: Send + Sync>(
        request: Request,
        state: &S,
        bounds: Bounds,
    ) -> Result<Self, Error> {
        let sent = request.extensions().get::<FormSent>().cloned();
        let reading = read(request, state, bounds.or(ORDINARY)).await;
        let form = Self {
            pairs: Pairs::new(reading.pairs),
            uploads: reading.uploads,
        };
        if let Some(sent) = sent {
            let _ = sent.0.set(Kept {
                pairs: form.pairs.clone(),
                whole: form.uploads.is_empty(),
            });
        }
        match reading.refused {
            Some(refused) => Err(refused),
            None => Ok(form),
        }
    }
}

/// What could be read of a form, and why it is refused, if it is.
#[derive(Default)]
struct Reading {
    pairs: Vec<(String, String)>,
    uploads: Vec<Upload>,
    refused: Option<Error>,
}

impl Reading {
    /// Refuses it, for the first reason.
    fn refuse(&mut self, why: Error) {
        self.refused.get_or_insert(why);
    }

    fn refused(why: Error) -> Self {
        Self {
            refused: Some(why),
            ..Self::default()
        }
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S, bounds: Bounds) -> Reading {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if kind.starts_with("application/x-www-form-urlencoded") {
        let most = bounds.bytes.max(MOST_READ);
        return match axum::body::to_bytes(request.into_body(), most).await {
            Ok(bytes) => parse(&bytes, bounds),
            Err(_) => Reading::refused(Error::TooLarge),
        };
    }
    if kind.starts_with("multipart/form-data") {
        return match Multipart::from_request(request, state).await {
            Ok(multipart) => read_multipart(multipart, bounds).await,
            Err(_) => Reading::refused(Error::Malformed),
        };
    }
    Reading::refused(Error::Malformed)
}

/// Reads urlencoded bytes; refuses what is not UTF-8.
fn parse(bytes: &[u8], bounds: Bounds) -> Reading {
    let mut reading = Reading::default();
    if bytes.len() > bounds.bytes {
        reading.refuse(Error::TooLarge);
    }
    for part in bytes.split(|b| *b == b'&').filter(|part| !part.is_empty()) {
        if reading.pairs.len() == bounds.pairs {
            reading.refuse(Error::TooLarge);
            break;
        }
        let (name, value) = match part.iter().position(|b| *b == b'=') {
            Some(at) => (&part[..at], &part[at + 1..]),
            None => (part, &part[..0]),
        };
        let (name, value) = (decode(name, &mut reading), decode(value, &mut reading));
        reading.pairs.push((name, value));
    }
    reading
}

/// What is written as `%XX` and `+`. A broken `%` refuses the form and stands for itself.
fn decode(raw: &[u8], reading: &mut Reading) -> String {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let [byte, after @ ..] = rest {
        rest = after;
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match hexadecimal(after) {
                Some((byte, after)) => {
                    rest = after;
                    byte
                }
                None => {
                    reading.refuse(Error::Malformed);
                    b'%'
                }
            },
            other => *other,
        });
    }
    words(bytes, reading)
}

/// The byte that these begin with in hexadecimal, and what comes behind it.
fn hexadecimal(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [high, low, after @ ..] = bytes else {
        return None;
    };
    let digit = |d: u8| (d as char).to_digit(16);
    let byte = digit(*high)? * 16 + digit(*low)?;
    Some((u8::try_from(byte).ok()?, after))
}

/// The words of these bytes with what their characters mean. Bytes that are not UTF-8 refuse the form;
/// they are kept as the code page that browsers take for Latin-1 has them.
fn words(bytes: Vec<u8>, reading: &mut Reading) -> String {
    let text = String::from_utf8(bytes).unwrap_or_else(|wrong| {
        reading.refuse(Error::Malformed);
        wrong
            .as_bytes()
            .iter()
            .map(|byte| char::from(*byte))
            .collect()
    });
    typed::meant(text)
}

async fn read_multipart(mut multipart: Multipart, bounds: Bounds) -> Reading {
    let mut reading = Reading::default();
    let why = |error: MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Error::TooLarge
        } else {
            Error::Malformed
        }
    };
    let mut length = 0;
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return reading,
            Err(error) => {
                reading.refuse(why(error));
                return reading;
            }
        };
        if reading.pairs.len() + reading.uploads.len() == bounds.pairs {
            reading.refuse(Error::TooLarge);
            return reading;
        }
        let name = typed::meant(field.name().unwrap_or_default().to_owned());
        let file_name = field.file_name().map(str::to_owned);
        let bytes = match field.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => {
                reading.refuse(why(error));
                return reading;
            }
        };
        match file_name {
            Some(file_name) if file_name.is_empty() => {}
            Some(file_name) => reading.uploads.push(Upload {
                field: name,
                file_name: typed::in_one_line(&typed::meant(file_name)).into_owned(),
                bytes,
            }),
            None => {
                length += bytes.len();
                if length > bounds.bytes {
                    reading.refuse(Error::TooLarge);
                }
                let text = words(bytes.to_vec(), &mut reading);
                reading.pairs.push((name, text));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Bounds = Bounds {
        bytes: 100,
        pairs: 5,
    };

    fn read(body: &[u8]) -> (Vec<(String, String)>, Option<Error>) {
        let reading = parse(body, SOME);
        (reading.pairs, reading.refused)
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn pairs_keep_their_order_and_repeats() {
        let (pairs, refused) = read(b"a=1&b=two+words&a=%C3%A9&c");
        assert!(refused.is_none());
        let right = [("a", "1"), ("b", "two words"), ("a", "é"), ("c", "")];
        assert_eq!(pairs, right.map(|(name, value)| pair(name, value)));
    }

    #[test]
    fn what_is_pasted_from_elsewhere_is_taken_as_it_was_meant() {
        let (pairs, refused) = read(b"a=one%0Btwo%0D%0A%C2%92%00%03&b%07=%0C");
        assert!(refused.is_none());
        assert_eq!(pairs, [pair("a", "one\ntwo\n’"), pair("b", "\n")]);
    }

    #[test]
    fn wrong_encodings_are_refused_and_their_words_kept() {
        for (wrong, kept) in [
            (&b"a=100%"[..], "100%"),
            (b"a=%zz", "%zz"),
            (b"a=%e", "%e"),
            (b"a=caf%e9+%92s", "café ’s"),
        ] {
            let (pairs, refused) = read(wrong);
            assert!(matches!(refused, Some(Error::Malformed)), "{wrong:?}");
            assert_eq!(pairs, [pair("a", kept)]);
        }
    }

    #[test]
    fn too_much_is_refused_and_what_was_read_of_it_is_kept() {
        let (pairs, refused) = read(format!("a={}", "x".repeat(200)).as_bytes());
        assert!(matches!(refused, Some(Error::TooLarge)));
        assert_eq!(pairs, [pair("a", &"x".repeat(200))]);
        let (pairs, refused) = read(b"a&a&a&a&a&a&a");
        assert!(matches!(refused, Some(Error::TooLarge)));
        assert_eq!(pairs.len(), 5);
    }

    #[test]
    fn a_form_takes_what_its_fields_do_however_it_is_written() {
        let body = "🌳".repeat(app::consultation::forms::MOST_BODY);
        let body: String = url::form_urlencoded::byte_serialize(body.as_bytes()).collect();
        assert!(body.len() <= ORDINARY.bytes);
    }
}

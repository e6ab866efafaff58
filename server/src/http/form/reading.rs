//! What could be read of a form, and why it is refused, if it is.
//!
//! Invariant: of a form that is too large no more is kept than takes [`MOST_KEPT`] on a page, and it says
//! so.

use domain::typed;

use super::bounds::Bounds;
use super::room::Room;
use crate::http::Error;

/// The most bytes that are kept of a form that is too large, as they are written on the page that says so.
pub(super) const MOST_KEPT: usize = 1024 * 1024;

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

/// What could be read.
#[derive(Default)]
pub(super) struct Reading {
    pub pairs: Vec<(String, String)>,
    pub uploads: Vec<Upload>,
    /// Whether files came with it, kept or not.
    pub files: bool,
    /// Whether something of its text is missing.
    pub cut: bool,
    /// Why it is refused.
    pub refused: Option<Error>,
    /// The room that it takes.
    pub room: Room,
    /// Bytes of names and values.
    text: usize,
    too_large: bool,
}

impl Reading {
    /// One that takes this room.
    pub fn begun(room: Room) -> Self {
        Self {
            room,
            ..Self::default()
        }
    }

    /// One of which nothing is read.
    pub fn refused(why: Error) -> Self {
        Self {
            refused: Some(why),
            ..Self::default()
        }
    }

    /// Refuses it, for the first reason.
    pub fn refuse(&mut self, why: Error) {
        self.refused.get_or_insert(why);
    }

    /// Refuses it since there is more than is taken.
    pub fn refuse_more(&mut self) {
        self.too_large = true;
        self.refuse(Error::TooLarge);
    }

    /// Of so many bytes that came, how many are kept where these are the most.
    pub async fn keeps(&mut self, came: usize, most: usize) -> usize {
        let kept = came.min(most);
        if self.room.take(kept).await {
            return kept;
        }
        self.too_large = true;
        self.refuse(Error::Unavailable);
        0
    }

    /// How many bytes more are read of the text of a form with these bounds: a little over them, to
    /// see that it is too large.
    pub fn left(&self, bounds: Bounds) -> usize {
        let most = match self.too_large {
            true => MOST_KEPT,
            false => bounds.text.max(MOST_KEPT) + 1,
        };
        most.saturating_sub(self.text)
    }

    /// Whether there are as many parts as these bounds have, which refuses it.
    pub fn is_full(&mut self, bounds: Bounds) -> bool {
        let full = self.pairs.len() + self.uploads.len() >= bounds.pairs;
        if full {
            self.cut = true;
            self.refuse_more();
        }
        full
    }

    /// Takes a pair.
    pub fn push(&mut self, name: String, value: String, bounds: Bounds) {
        self.text += name.len() + value.len();
        self.pairs.push((name, value));
        if self.text > bounds.text {
            self.refuse_more();
        }
    }

    /// The words of these bytes with what their characters mean. Bytes that are not UTF-8 refuse the
    /// form; they are kept as the code page that browsers take for Latin-1 has them.
    pub fn words(&mut self, bytes: Vec<u8>) -> String {
        let text = String::from_utf8(bytes).unwrap_or_else(|wrong| {
            let error = wrong.utf8_error();
            let mut bytes = wrong.into_bytes();
            // Its last character was cut in two.
            if self.cut && error.error_len().is_none() {
                bytes.truncate(error.valid_up_to());
                return String::from_utf8(bytes).unwrap_or_default();
            }
            self.refuse(Error::Malformed);
            bytes.iter().map(|byte| char::from(*byte)).collect()
        });
        typed::meant(text)
    }

    /// The same, with no more of it than may be kept.
    pub fn shortened(mut self) -> Self {
        if !self.too_large {
            return self;
        }
        let (mut left, mut cut) = (MOST_KEPT, self.cut);
        for (name, value) in &mut self.pairs {
            for text in [name, value] {
                let mut fits = 0;
                for c in text.chars() {
                    let Some(after) = left.checked_sub(on_a_page(c)) else {
                        (left, cut) = (0, true);
                        break;
                    };
                    (left, fits) = (after, fits + c.len_utf8());
                }
                text.truncate(fits);
                text.shrink_to_fit();
            }
        }
        self.pairs.retain(|(name, _)| !name.is_empty());
        self.pairs.shrink_to_fit();
        self.uploads.clear();
        Self { cut, ..self }
    }
}

/// How many bytes a character is on a page.
fn on_a_page(c: char) -> usize {
    match c {
        '"' | '\'' => 6,
        '&' => 5,
        '<' | '>' => 4,
        other => other.len_utf8(),
    }
}

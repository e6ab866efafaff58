//! How much a form takes.

/// The most bytes of any request, files included.
pub const MOST_BYTES: usize = 12 * 1024 * 1024;

/// How much a form takes. Over it the form is refused as a whole; what is too long for its field is
/// said at the field, so a form takes twice what all its fields do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of its names and values, once they are read.
    pub(super) text: usize,
    /// How many of them.
    pub(super) pairs: usize,
}

impl Bounds {
    /// For a form whose fields take so many characters and that sends so many pairs. No more than any
    /// request has.
    pub const fn of(characters: usize, pairs: usize) -> Self {
        let text = 2 * characters * BYTES_OF_A_CHARACTER + FRAME;
        let most = MOST_BYTES / BYTES_OF_AN_ESCAPE;
        Self {
            text: if text < most { text } else { most },
            pairs: 2 * pairs + 100,
        }
    }

    /// The wider of both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            text: self.text.max(other.text),
            pairs: self.pairs.max(other.pairs),
        }
    }

    /// The bytes that are sent of it at most, each as an escape.
    pub(super) const fn sent(self) -> usize {
        self.text * BYTES_OF_AN_ESCAPE
    }
}

/// The most of UTF-8.
const BYTES_OF_A_CHARACTER: usize = 4;
/// Each byte as `%XX`.
pub(super) const BYTES_OF_AN_ESCAPE: usize = 3;
/// Names of fields, keys, versions.
const FRAME: usize = 64 * 1024;

/// Of every form that does not say otherwise: the one with the longest text, and the beginnings of
/// lists that grow.
pub(super) const ORDINARY: Bounds = Bounds::of(app::consultation::forms::MOST_BODY + 1_000, 1_000);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_takes_what_its_fields_do_however_it_is_written() {
        let text = "🌳".repeat(app::consultation::forms::MOST_BODY);
        let body: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        assert!(text.len() <= ORDINARY.text && body.len() <= ORDINARY.sent());
    }

    #[test]
    fn no_questionnaire_takes_more_than_any_request_has() {
        for questions in [1, 50, 1_000, 100_000] {
            let bounds = Bounds::of(questions * 10_000, questions);
            assert!(bounds.sent() <= MOST_BYTES, "{questions}");
        }
        assert!(ORDINARY.sent() < MOST_BYTES / 4);
    }
}

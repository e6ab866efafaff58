//! Rows of a `;`-separated text, with their line numbers.
//!
//! A quotation mark inside a field that does not begin with one is an ordinary character, as
//! Python's `csv` has it.

use std::borrow::Cow;

use super::{PbReason, PbRefusal};
use crate::rows::{self, Mark};

#[derive(Clone)]
pub(super) struct Rows<'t> {
    rows: rows::Rows<'t>,
    line: usize,
}

/// The fields of a row and the line it begins on.
pub(super) struct Row<'t> {
    pub line: usize,
    fields: Vec<Cow<'t, str>>,
}

impl Row<'_> {
    /// A field, trimmed; `None` when the row is too short, or the field is empty or `none`.
    pub fn get(&self, at: Option<usize>) -> Option<&str> {
        let field = self.fields.get(at?)?.trim();
        (!field.is_empty() && !field.eq_ignore_ascii_case("none")).then_some(field)
    }

    /// Where a column of a header row is.
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        self.fields.iter().position(|f| names.contains(&f.trim()))
    }
}

impl<'t> Rows<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            rows: rows::Rows::of(text).separated_by(';').with_marks_inside(),
            line: 0,
        }
    }

    /// The number of the last line read.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The next row that is not blank, as [`Row`].
    pub fn next_row(&mut self) -> Result<Option<Row<'t>>, PbRefusal> {
        let mut fields = Vec::new();
        let read = self.rows.next_into(&mut fields);
        self.line = self.rows.last_line();
        match read {
            None => Ok(None),
            Some(Ok(line)) => Ok(Some(Row { line, fields })),
            Some(Err(Mark::Open(line) | Mark::Inside(line))) => Err(PbRefusal {
                line,
                reason: PbReason::OpenQuote,
            }),
        }
    }
}

//! Rows of a `;`-separated text, with their line numbers.
//!
//! A field in double quotes may hold separators, doubled quotes and line ends. A quote inside a
//! field that does not begin with one is an ordinary character, as Python's `csv` has it.

use std::borrow::Cow;

use super::{PbReason, PbRefusal};

#[derive(Clone)]
pub(super) struct Rows<'t> {
    rest: &'t str,
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

    pub fn is_blank(&self) -> bool {
        self.fields.iter().all(|f| f.trim().is_empty())
    }
}

impl<'t> Rows<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            rest: text.strip_prefix('\u{feff}').unwrap_or(text),
            line: 0,
        }
    }

    /// The number of the last line read.
    pub fn line(&self) -> usize {
        self.line
    }

    fn next_line(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        self.line += 1;
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }

    /// The next row that is not blank, as [`Row`].
    pub fn next_row(&mut self) -> Result<Option<Row<'t>>, PbRefusal> {
        loop {
            let Some(text) = self.next_line() else {
                return Ok(None);
            };
            let line = self.line;
            let fields = if text.contains('"') {
                self.quoted(text)?
            } else {
                text.split(';').map(Cow::Borrowed).collect()
            };
            let row = Row { line, fields };
            if !row.is_blank() {
                return Ok(Some(row));
            }
        }
    }

    fn quoted(&mut self, mut text: &'t str) -> Result<Vec<Cow<'t, str>>, PbRefusal> {
        let mut fields = Vec::new();
        loop {
            let Some(inside) = text.strip_prefix('"') else {
                match text.split_once(';') {
                    Some((field, rest)) => {
                        fields.push(Cow::Borrowed(field));
                        text = rest;
                        continue;
                    }
                    None => {
                        fields.push(Cow::Borrowed(text));
                        return Ok(fields);
                    }
                }
            };
            let (field, rest) = self.in_quotes(inside)?;
            match rest.split_once(';') {
                Some((tail, rest)) => {
                    fields.push(Cow::Owned(field + tail));
                    text = rest;
                }
                None => {
                    fields.push(Cow::Owned(field + rest));
                    return Ok(fields);
                }
            }
        }
    }

    /// The text up to the closing quote, and what follows on that line.
    fn in_quotes(&mut self, mut text: &'t str) -> Result<(String, &'t str), PbRefusal> {
        let opened = self.line;
        let mut field = String::new();
        loop {
            match text.split_once('"') {
                Some((part, rest)) => {
                    field.push_str(part);
                    match rest.strip_prefix('"') {
                        Some(rest) => {
                            field.push('"');
                            text = rest;
                        }
                        None => return Ok((field, rest)),
                    }
                }
                None => {
                    field.push_str(text);
                    field.push('\n');
                    text = self.next_line().ok_or(PbRefusal {
                        line: opened,
                        reason: PbReason::OpenQuote,
                    })?;
                }
            }
        }
    }
}

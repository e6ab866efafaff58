//! Rows of a CSV file (RFC 4180), one at a time, with the line each begins on.
//!
//! Fields may be quoted and hold line ends and doubled quotation marks. A field is borrowed from
//! the text unless it has doubled marks: a file of 30 MB is read without a copy.

use std::borrow::Cow;

use super::Reason;

/// The rows of a text.
pub(super) struct Rows<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Rows<'a> {
    /// The rows of `text`, without a byte order mark.
    pub(super) fn new(text: &'a str) -> Self {
        Rows {
            rest: text.strip_prefix('\u{feff}').unwrap_or(text),
            line: 1,
        }
    }

    /// The next row into `fields`, and its line; `None` at the end. Blank lines are skipped.
    pub(super) fn next_into(
        &mut self,
        fields: &mut Vec<Cow<'a, str>>,
    ) -> Option<Result<usize, (usize, Reason)>> {
        fields.clear();
        loop {
            let blank = self
                .rest
                .strip_prefix("\r\n")
                .or_else(|| self.rest.strip_prefix('\n'));
            match blank {
                Some(rest) => {
                    self.rest = rest;
                    self.line += 1;
                }
                None => break,
            }
        }
        if self.rest.is_empty() {
            return None;
        }
        let line = self.line;
        loop {
            let (field, rest) = match self.rest.strip_prefix('"') {
                Some(quoted) => match quoted_field(quoted) {
                    Some((field, rest)) => {
                        self.line += field.matches('\n').count();
                        (field, rest)
                    }
                    None => return Some(Err((line, Reason::Quotation))),
                },
                None => {
                    let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
                    let (field, rest) = self.rest.split_at(end);
                    let field = match rest.starts_with(',') {
                        true => field,
                        false => field.strip_suffix('\r').unwrap_or(field),
                    };
                    if field.contains('"') {
                        return Some(Err((self.line, Reason::Quotation)));
                    }
                    (Cow::Borrowed(field), rest)
                }
            };
            fields.push(field);
            let end = rest.strip_prefix('\r').filter(|r| r.starts_with('\n'));
            let rest = end.unwrap_or(rest);
            if let Some(rest) = rest.strip_prefix(',') {
                self.rest = rest;
                continue;
            }
            self.rest = rest.strip_prefix('\n').unwrap_or(rest);
            if !rest.is_empty() {
                if !rest.starts_with('\n') {
                    return Some(Err((self.line, Reason::Quotation)));
                }
                self.line += 1;
            }
            return Some(Ok(line));
        }
    }
}

/// A field after its opening mark, and what follows its closing mark.
fn quoted_field(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    let mut doubled = false;
    loop {
        let at = from + text.get(from..)?.find('"')?;
        let after = text.get(at + 1..)?;
        if after.starts_with('"') {
            doubled = true;
            from = at + 2;
            continue;
        }
        let field = text.get(..at)?;
        let field = if doubled {
            Cow::Owned(field.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(field)
        };
        return Some((field, after));
    }
}
